import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { vanished } from "../src/common/storage/eviction.js";
import {
  forgetListMarkdown,
  forgetSentence,
  namedTitles,
} from "../src/common/memories/forgetText.js";
import { passedLimits } from "../src/common/memories/limits.js";
import type { Localize } from "../src/common/Localize.js";
import { MAX_SEGMENT_BYTES } from "../src/common/storage/SegmentStore.js";
import { hasProblems, storageReportMarkdown } from "../src/common/memories/storageReport.js";
import { note, openMemories } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

const l10n: Localize = {
  t: (message, ...args) =>
    message.replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])),
};

const progress = { signal: new AbortController().signal, onProgress: () => undefined };

const NAME = "01jd3m5k7a-k3v9x0ab-0001.seg";

test("a healthy storage is said to be whole", async () => {
  const memories = openMemories(await temporaryFolder());
  await memories.remember(note("The harbour plan"));
  await memories.remember(note("The attic plan"));
  const check = await memories.check(progress);
  assert.deepEqual([check.segments, check.records, hasProblems(check)], [2, 2, false]);
  const markdown = storageReportMarkdown(check, "/home/me/mem1", l10n);
  assert.match(markdown, /\*\*Every file is whole\.\*\*/);
  assert.match(markdown, /- \*\*Files:\*\* 2 · 1 KB/);
  assert.match(markdown, /- \*\*Memories:\*\* 2 memories/);
});

test("each file with something wrong is named, with what is wrong and never with what it holds", async () => {
  const folder = await temporaryFolder();
  const segments = join(folder, "mem1", "seg");
  const memories = openMemories(folder);
  for (const plan of ["harbour", "attic"]) await memories.remember(note(`The ${plan} plan`));
  await memories.dispose();
  const [spoiled, newer] = await readdir(segments);
  assert.ok(spoiled !== undefined && newer !== undefined);
  const path = join(segments, spoiled);
  await writeFile(path, (await readFile(path, "utf8")).replace("plan", "plam"));
  await writeFile(join(segments, newer), await newerVersion(join(segments, newer)));
  await writeFile(join(segments, NAME), new Uint8Array(MAX_SEGMENT_BYTES + 1));
  const reopened = openMemories(folder);
  await reopened.open();
  const check = await reopened.check(progress);
  assert.deepEqual(
    [check.damaged.map(({ name }) => name), check.newer, check.unread.map(({ name }) => name)],
    [[spoiled], [newer], [NAME]],
  );
  assert.equal(hasProblems(check), true);
  const markdown = storageReportMarkdown(check, "/home/me/mem1", l10n);
  for (const name of [spoiled, newer, NAME]) assert.ok(markdown.includes(`\`${name}\``), name);
  assert.match(markdown, /1 line damaged/);
  assert.doesNotMatch(markdown, /harbour|attic|plam/);
});

/** The file as a version of the far future would have written it. */
async function newerVersion(path: string): Promise<string> {
  const { crc32 } = await import("node:zlib");
  const [header, ...rest] = (await readFile(path, "utf8")).split("\n");
  const json = (header ?? "").slice(9).replace('"mem":1', '"mem":7');
  return [`${crc32(json).toString(16).padStart(8, "0")} ${json}`, ...rest].join("\n");
}

test("limits are told when they are passed", () => {
  const none = { memories: 100_000, segmentBytes: 256 * 1024 * 1024, segments: 10_000 };
  assert.deepEqual(passedLimits(none, l10n), []);
  const all = { memories: 100_001, segmentBytes: 300 * 1024 * 1024, segments: 10_001 };
  assert.deepEqual(passedLimits(all, l10n).length, 3);
  assert.match(passedLimits(all, l10n)[1] ?? "", /300\.0 MB.*256\.0 MB/);
});

test("memories have vanished only if they were noted for this very store and its files are gone", () => {
  const kept = { storeId: "vscode-userdata:/a", count: 12 };
  assert.equal(vanished(kept, "vscode-userdata:/a", { segments: 0 }), 12);
  assert.equal(vanished(kept, "vscode-userdata:/a", { segments: 1 }), 0);
  assert.equal(vanished(kept, "vscode-userdata:/b", { segments: 0 }), 0);
  for (const other of [undefined, null, 7, "x", {}, { storeId: "vscode-userdata:/a" }])
    assert.equal(vanished(other, "vscode-userdata:/a", { segments: 0 }), 0);
});

test("what was forgotten is told in numbers, and what could not be done with its reason", () => {
  const done = { forgotten: 1, written: 0, deleted: 2, left: 0 };
  assert.equal(forgetSentence(done, l10n), "Forgot 1 memory (deleted: 2 files).");
  const nothing = { forgotten: 0, written: 0, deleted: 0, left: 0 };
  assert.equal(forgetSentence(nothing, l10n), "Forgot 0 memories.");
  const left = { forgotten: 3, written: 1, deleted: 0, left: 1, problem: "EPERM" };
  assert.equal(
    forgetSentence(left, l10n),
    "Forgot 3 memories (written anew without them: 1 file). Their text is still in 1 file: EPERM. This is tried again by itself.",
  );
});

test("what is to be forgotten is listed as text, and long lists are cut with a count", () => {
  const project = { id: "p", name: "[p](x)" };
  const hit = { title: "<b>plan</b>\n# x", at: 0, kind: "observation", project } as const;
  const markdown = forgetListMarkdown([hit], 3, l10n);
  assert.doesNotMatch(markdown, /[^\\]<b>|\n# x|[^\\]\[p\]/);
  assert.match(markdown, /… and 2 more/);
  const titles = Array.from({ length: 12 }, (_, index) => `plan ${index}`);
  assert.deepEqual(namedTitles(titles, 30, l10n).slice(-2), ["• plan 9", "… and 20 more"]);
});
