import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { type AddedNote, parseAdded } from "../src/common/agents/addedNotes.js";
import { AgentAdditions } from "../src/common/agents/AgentAdditions.js";
import { AssistantWrites } from "../src/common/memories/AssistantWrites.js";
import { AddedNotes } from "../src/node/cli/AddedNotes.js";
import { openMemories } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

test("what agents add outside is counted once in its project, and undone together", async () => {
  const folder = await temporaryFolder();
  const memories = openMemories(folder);
  const added = async (text: string, id: string): Promise<string> => {
    const origin = { project: { id, name: id }, provenance: "assistant" as const };
    const appended = await memories.remember({ text, origin });
    assert.ok(appended.status === "pending");
    return appended.id;
  };
  const notes = new AddedNotes(folder, "mcp");
  const hooks = new AddedNotes(folder, "hooks");
  notes.note([await added("The buoy is red", "here")]);
  notes.note([await added("The mast is short", "elsewhere")]);
  hooks.note([await added("npm test ran", "here"), "00000000-0000-7000-8000-000000000000"]);
  await Promise.all([notes.settled(), hooks.settled()]);

  const values = new Map<string, unknown>();
  const kept = {
    get: (name: string) => values.get(name),
    update: async (name: string, value: unknown) => void values.set(name, value),
  };
  const counts: number[] = [];
  const counted = {
    mcp: new AssistantWrites(kept, (count) => counts.push(count)),
    hooks: new AssistantWrites(kept, () => undefined, "hooks"),
  };
  const read = async (): Promise<AddedNote[]> => {
    const names = await readdir(join(folder, "added"));
    const texts = names.map((name) => readFile(join(folder, "added", name), "utf8"));
    return (await Promise.all(texts)).flatMap((text) => parseAdded(text) ?? []);
  };
  const ports = { memories, read, project: async () => "here", counted, kept };
  const additions = new AgentAdditions(ports);
  await Promise.all([additions.look(), additions.look()]);
  assert.deepEqual(counts, [1]);
  assert.equal(counted.hooks.ids.length, 1);

  // What a client of the server has changed is counted, and gets its own words again.
  const [buoy] = counted.mcp.ids;
  assert.ok(buoy !== undefined);
  const [edit] = await memories.append([{ kind: "edit", of: buoy, title: "The buoy is green" }]);
  assert.ok(edit?.status === "pending");
  notes.note([edit.id]);
  await notes.settled();
  counted.mcp.settle(counted.mcp.ids);
  await additions.look();
  assert.deepEqual(counted.mcp.ids, [edit.id]);
  assert.equal((await counted.mcp.undo(memories))?.edits, 1);
  assert.equal((await memories.get([buoy]))[0]?.title, "The buoy is red");

  // Another start of the window knows what it has counted, and what the user has dealt with.
  counted.mcp.settle(counted.mcp.ids);
  await new AgentAdditions(ports).look();
  assert.equal(counted.mcp.ids.length, 0);

  const undone = await counted.hooks.undo(memories);
  assert.equal(undone?.report.forgotten, 1);
  assert.equal((await memories.search({ text: "buoy" })).total, 1);
  await memories.dispose();
});

test("a file of something else says nothing", () => {
  for (const text of ["", "[]", "7", '{"by":"me","ids":[]}', '{"by":"mcp","ids":7}'])
    assert.equal(parseAdded(text), undefined, text);
  assert.deepEqual(parseAdded('{"by":"mcp","ids":["a",7]}'), { by: "mcp", ids: ["a"] });
});
