import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { NewRecord, Origin } from "recollect-wasm";
import { claudeMem } from "../src/common/import/claudeMem.js";
import { takeIn } from "../src/common/import/takeIn.js";
import { exportAs } from "../src/common/memories/exporting.js";
import { importReportMarkdown } from "../src/common/memories/importText.js";
import { importRecords, type Progress } from "../src/common/memories/transfer.js";
import type { Memories } from "../src/common/memories/Memories.js";
import { nodeImportFiles } from "../src/node/import/nodeImportFiles.js";
import { note, openMemories, origin } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

const quiet = (signal = new AbortController().signal): Progress => ({
  signal,
  onProgress: () => undefined,
});

async function exportOf(folder: string): Promise<string> {
  return text((await openMemories(folder).export(quiet())).bytes);
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function bytesOf(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

test("an export, imported elsewhere and exported again, is the same to the last byte", async () => {
  const [here, there] = [await temporaryFolder(), await temporaryFolder()];
  const memories = openMemories(here);
  for (const plan of ["harbour", "attic", "Straße — 日本"])
    await memories.remember(note(`The ${plan} plan`));
  const exported = await memories.export(quiet());
  assert.equal(exported.records, 3);
  const elsewhere = openMemories(there);
  const imported = await elsewhere.import(exported.bytes, "high", quiet());
  assert.deepEqual([imported.lines, imported.pending, imported.refused], [3, 3, []]);
  assert.equal((await elsewhere.search({ text: "日本" })).total, 1);
  assert.equal(await exportOf(there), text(exported.bytes));
});

test("what a folder that is not trusted imports is found, but recalled by nobody unasked", async () => {
  const here = openMemories(await temporaryFolder());
  await here.remember(note("The harbour plan"));
  const { bytes } = await here.export(quiet());
  const careful = openMemories(await temporaryFolder());
  assert.equal((await careful.import(bytes, "low", quiet())).pending, 1);
  const asked = await careful.search({ text: "harbour" });
  assert.deepEqual(
    asked.hits.map((hit) => hit.trust),
    ["low"],
  );
  assert.equal((await careful.search({ text: "harbour", isAutomatic: true })).total, 0);
});

test("importing twice adds nothing", async () => {
  const memories = openMemories(await temporaryFolder());
  await memories.remember(note("The harbour plan"));
  const { bytes } = await memories.export(quiet());
  const imported = await memories.import(bytes, "high", quiet());
  assert.deepEqual([imported.pending, imported.known], [0, 1]);
});

test("what was forgotten is in no export, and does not come back by an import", async () => {
  const folder = await temporaryFolder();
  const memories = openMemories(folder);
  await memories.remember(note("The zanzibar plan"));
  const { bytes } = await memories.export(quiet());
  await memories.forget({ text: "zanzibar" });
  assert.equal((await memories.export(quiet())).records, 0);
  const imported = await memories.import(bytes, "high", quiet());
  assert.deepEqual([imported.pending, imported.forgotten], [0, 1]);
  assert.equal((await memories.search({ text: "zanzibar" })).total, 0);
});

test("what is good in a damaged file is exported", async () => {
  const folder = await temporaryFolder();
  const memories = openMemories(folder);
  await memories.remember(note("The harbour plan"));
  await memories.dispose();
  const segments = join(folder, "mem1", "seg");
  const [name] = await readdir(segments);
  assert.ok(name !== undefined);
  const whole = await readFile(join(segments, name), "utf8");
  await writeFile(join(segments, name), whole.slice(0, -5));
  assert.match(await exportOf(folder), /harbour/);
});

test("lines that are no records are refused by their number in the file", async () => {
  const memories = openMemories(await temporaryFolder());
  await memories.remember(note("The harbour plan"));
  const [line] = text((await memories.export(quiet())).bytes).split("\n");
  assert.ok(line !== undefined);
  const broken = Uint8Array.of(0x7b, 0xff, 0xfe, 0x0a);
  const long = bytesOf(`"${"x".repeat(1_200_000)}"\n`);
  const source = Buffer.concat([bytesOf(`nonsense\n${line}\n`), broken, long, bytesOf("{}\n")]);
  const imported = await openMemories(await temporaryFolder()).import(source, "high", quiet());
  assert.deepEqual(
    imported.refused.map((refused) => refused.line),
    [1, 3, 4, 5],
  );
  assert.deepEqual([imported.lines, imported.pending], [5, 1]);
  const markdown = importReportMarkdown(imported, {
    t: (message, ...args) => `${message}${args.join()}`,
  });
  assert.doesNotMatch(markdown, /nonsense|harbour/);
});

test("of many lines that are no records, all are counted and the first of each part are named", async () => {
  const source = Buffer.concat([bytesOf("x\n".repeat(500)), Uint8Array.of(0xff, 0x0a)]);
  const imported = await openMemories(await temporaryFolder()).import(source, "high", quiet());
  assert.deepEqual([imported.refused.length, imported.unlisted], [101, 400]);
  assert.equal(imported.refused.at(-1)?.line, 501);
  const markdown = importReportMarkdown(imported, {
    t: (message, ...args) => `${message}${args.join()}`,
  });
  assert.match(markdown, /and \{0\} more400/);
});

test("a large file is taken in by whole lines, with progress, and can be cancelled", async () => {
  const lines = Array.from({ length: 3_000 }, (_, index) => `${index} ${"ä".repeat(500)}\n`);
  const source = bytesOf(lines.join(""));
  const nothing = { pending: 0, known: 0, forgotten: 0, filtered: 0, refused: [], unlisted: 0 };
  const taken: string[] = [];
  const shares: number[] = [];
  const all = await importRecords(
    source,
    async (chunk) => {
      taken.push(chunk);
      return nothing;
    },
    { ...quiet(), onProgress: (share) => shares.push(share) },
  );
  assert.equal(taken.join(""), lines.join(""));
  assert.ok(taken.length > 2 && taken.every((chunk) => chunk.endsWith("\n")));
  assert.deepEqual([all.lines, shares.at(-1)], [3_000, 1]);

  const cancellation = new AbortController();
  let chunks = 0;
  const some = await importRecords(
    source,
    async () => {
      chunks += 1;
      cancellation.abort();
      return nothing;
    },
    quiet(cancellation.signal),
  );
  assert.deepEqual([chunks, some.isCancelled], [1, true]);
});

test("a file without a last line feed, and an empty one, are taken", async () => {
  const memories = openMemories(await temporaryFolder());
  await memories.remember(note("The harbour plan"));
  const exported = text((await memories.export(quiet())).bytes);
  const elsewhere = openMemories(await temporaryFolder());
  assert.equal((await elsewhere.import(bytesOf(exported.trimEnd()), "high", quiet())).pending, 1);
  assert.equal((await elsewhere.import(new Uint8Array(), "high", quiet())).lines, 0);
});

const inProject = (id: string): Origin => ({ ...origin, project: { id, name: id.toUpperCase() } });

test("only some projects are exported, with the edits of their memories", async () => {
  const memories = openMemories(await temporaryFolder());
  const kept = await memories.remember(note("The harbour plan", { origin: inProject("a") }));
  await memories.remember(note("The attic plan", { origin: inProject("b") }));
  assert.equal(kept.status, "pending");
  await memories.edit(kept.id, { title: "The harbour plan of May" });
  const { bytes, records } = await exportAs(memories, "jsonl", ["a"], quiet());
  assert.equal(records, 2);
  assert.match(text(bytes), /of May/);
  assert.doesNotMatch(text(bytes), /attic/);
  const elsewhere = openMemories(await temporaryFolder());
  assert.deepEqual((await elsewhere.import(bytes, "high", quiet())).refused, []);
  assert.equal((await elsewhere.recent({})).hits[0]?.title, "The harbour plan of May");
});

test("as Markdown memories stand by day and project", async () => {
  const memories = openMemories(await temporaryFolder());
  const told = (title: string, day: string, id: string): NewRecord => ({
    ...{ kind: "observation", type: "decision", title, narrative: `# ${title}, since it rains` },
    ...{ origin: inProject(id), at: Date.parse(`${day}T12:00:00`) },
  });
  await memories.append([
    told("Use tiles", "2026-01-05", "a"),
    told("Use slate", "2026-01-05", "b"),
    told("Use straw", "2026-01-06", "a"),
  ]);
  const { bytes } = await exportAs(memories, "markdown", undefined, quiet());
  const headings = text(bytes)
    .split("\n")
    .filter((line) => line.startsWith("#"));
  assert.deepEqual(headings, [
    ...["# Memories", "## 2026-01-06", "### A", "#### Use straw"],
    ...["## 2026-01-05", "### A", "#### Use tiles", "### B", "#### Use slate"],
  ]);
  assert.match(text(bytes), /since it rains/);
});

test("in claude-mem's form they come back with their ids, and add nothing where they came from", async () => {
  const memories = openMemories(await temporaryFolder());
  const session = { ...origin, session: "s1" };
  await memories.append([
    { kind: "prompt", origin: session, at: 1_767_607_200_000, number: 1, text: "Count parcels" },
    {
      ...{ kind: "observation", type: "decision", title: "Count by weight", facts: ["2 kg"] },
      ...{ origin: session, at: 1_767_607_260_000 },
    },
    { kind: "summary", origin: session, at: 1_767_607_300_000, learned: "Weights differ" },
  ]);
  const { bytes, records } = await exportAs(memories, "claude-mem", undefined, quiet());
  assert.equal(records, 3);
  const folder = await temporaryFolder();
  const file = join(folder, "export.json");
  await writeFile(file, bytes);
  const taken = async (into: Memories) =>
    takeIn(claudeMem, await claudeMem.find(nodeImportFiles, file), {
      ...{ files: nodeImportFiles, memories: into, signal: new AbortController().signal },
      placeOf: () => Promise.resolve({ project: origin.project, roots: [] }),
    });
  assert.deepEqual([(await taken(memories)).added, (await exported(memories)).size], [0, 3]);
  const elsewhere = openMemories(await temporaryFolder());
  assert.deepEqual((await taken(elsewhere)).skipped, []);
  assert.deepEqual(await exported(elsewhere), await exported(memories));
  assert.equal((await taken(elsewhere)).added, 0);
});

/** Kinds, ids and titles. */
async function exported(memories: Memories): Promise<Set<string>> {
  const { hits } = await memories.recent({ limit: 100 });
  return new Set(hits.map(({ kind, id, title }) => `${kind} ${id} ${title}`).sort());
}
