import assert from "node:assert/strict";
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { copilotCli } from "../src/common/import/copilotCli.js";
import { cursor } from "../src/common/import/cursor.js";
import type { Importer } from "../src/common/import/Importer.js";
import { SUB_AGENT } from "../src/common/import/jsonLines.js";
import { opencode } from "../src/common/import/opencode.js";
import { takeIn, type TakenIn } from "../src/common/import/takeIn.js";
import type { Memories } from "../src/common/memories/Memories.js";
import { nodeImportFiles } from "../src/node/import/nodeImportFiles.js";
import { openMemories, origin } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

const files = nodeImportFiles;
const { signal } = new AbortController();

async function copied(kind: string): Promise<string> {
  const folder = await temporaryFolder();
  await cp(join(import.meta.dirname, "fixtures", kind), folder, { recursive: true });
  return folder;
}

async function imported(importer: Importer, folder: string, memories: Memories): Promise<TakenIn> {
  const placeOf = (cwd: string) =>
    Promise.resolve({ project: { ...origin.project, id: cwd }, roots: [cwd] });
  const found = await importer.find(files, folder);
  return takeIn(importer, found, { files, memories, signal, placeOf });
}

/** Everything below a folder, with what it holds. */
async function everythingIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  const texts = await Promise.all(paths.map((path) => readFile(path, "latin1")));
  return paths.map((path, place) => `${path} ${texts[place] ?? ""}`).sort();
}

/** A text that another test puts something private in the place of. */
const PLACE = "PLANTED".padEnd(100, ".");

const CASES: readonly {
  importer: Importer;
  skipped: readonly string[];
  prompts: readonly string[];
  hasTool: boolean;
}[] = [
  {
    importer: copilotCli,
    skipped: ["a turn of a form that is not known"],
    prompts: [
      "/srv/shop: Check the settings",
      "/srv/shop: Count the parcels",
      `/srv/shop: ${PLACE}`,
    ],
    hasTool: false,
  },
  {
    importer: cursor,
    skipped: ["a chat of a form that is not known", SUB_AGENT],
    prompts: [
      "/srv/parcels: Count the parcels",
      "/srv/scales: Weigh the parcels",
      "/srv/ships: Paint the ships",
      "/srv/shop: Check the settings",
      `user: ${PLACE}`,
    ],
    hasTool: true,
  },
  {
    importer: opencode,
    skipped: [SUB_AGENT],
    prompts: ["/srv/shop: Check the settings", `/srv/shop: ${PLACE}`],
    hasTool: true,
  },
];

for (const { importer, skipped, prompts, hasTool } of CASES) {
  test(`the sessions in the database of ${importer.title} are read, which stays as it is`, async () => {
    const folder = await copied(importer.kind);
    if (importer === copilotCli) {
      await mkdir(join(folder, "session-state", "c2"), { recursive: true });
      await writeFile(join(folder, "session-state", "c2", "events.jsonl"), "");
    }
    const memories = openMemories(await temporaryFolder());
    const before = await everythingIn(folder);
    const taken = await imported(importer, folder, memories);
    assert.deepEqual(
      taken.skipped.map(({ reason }) => reason),
      skipped,
    );
    const { hits } = await memories.recent({ limit: 100 });
    const told = hits.filter(({ kind }) => kind === "prompt");
    assert.deepEqual(told.map(({ project, title }) => `${project.id}: ${title}`).sort(), prompts);
    const found = await memories.search({ text: "decided zod" });
    assert.equal(found.hits[0]?.kind, "summary");
    const installs = hits.filter(({ kind, title }) => kind === "observation" && /zod/.test(title));
    assert.equal(installs.length > 0, hasTool);
    assert.equal((await imported(importer, folder, memories)).added, 0, "again adds nothing");
    assert.deepEqual(await everythingIn(folder), before);
  });
}
