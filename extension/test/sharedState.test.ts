import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { reasonNotToStore, type SharedState } from "../src/common/memories/sharedState.js";
import { SharedStates } from "../src/node/cli/SharedStates.js";
import { temporaryFolder } from "./temporaryFolder.js";

function state(folder: string, more: Partial<SharedState>): SharedState {
  return { folders: [folder], isPrivate: false, isPaused: false, isRestricted: false, ...more };
}

test("what a window says holds for its folders and all in them, the strictest first", () => {
  const states = [
    state("file:///w/app", { isPaused: true }),
    state("file:///w/app/secret", { isPrivate: true }),
    state("file:///w/new", { isRestricted: true }),
    state("file:///c%3A/Shop", { isPaused: true }),
    state("file:///w/quiet", { uncaptured: ["file:///w/quiet"] }),
  ];
  const cases: [string, string | undefined][] = [
    ["file:///w/app", "paused"],
    ["file:///w/app/", "paused"],
    ["file:///w/app/lib", "paused"],
    ["file:///w/app/secret/lib", "private"],
    ["file:///w/new/x", "restricted"],
    ["file:///w/application", undefined],
    ["file:///w", undefined],
    ["file:///w/quiet/lib", "uncaptured"],
    ["file:///C:/Shop/x", "paused"],
    ["", undefined],
  ];
  for (const [address, reason] of cases)
    assert.equal(reasonNotToStore(states, [address]), reason, address);
});

test("the command line reads what editors have written, and the user's rules", async () => {
  const folder = await temporaryFolder();
  const shared = join(folder, "recording");
  const work = join(folder, "work");
  const link = join(folder, "link");
  await mkdir(work);
  await symlink(work, link);
  assert.equal(await new SharedStates(folder).reasonNotToStore(work), undefined);
  await mkdir(shared);
  const text = JSON.stringify(state(pathToFileURL(work).href, { isPrivate: true }));
  await writeFile(join(shared, "a1.json"), text);
  await writeFile(join(shared, "broken.json"), "{");
  await writeFile(
    join(shared, "rules.json"),
    '{"patterns":["EMP-\\\\d+",7],"hasPersonalData":true}',
  );
  const states = new SharedStates(folder);
  for (const place of [work, join(work, "lib"), link, `file://${work}`])
    assert.equal(await states.reasonNotToStore(place), "private", place);
  assert.equal(await states.reasonNotToStore(folder), undefined);
  assert.deepEqual(states.rules, {
    ...{ patterns: ["EMP-\\d+"], excludedPaths: [], hasPersonalData: true },
  });
});
