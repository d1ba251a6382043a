import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { editorChats } from "../src/common/import/editorChats.js";
import { gemini } from "../src/common/import/gemini.js";
import type { ImportFiles } from "../src/common/import/Importer.js";
import { countIn } from "../src/common/import/takeIn.js";
import { nodeImportFiles as files } from "../src/node/import/nodeImportFiles.js";
import { temporaryFolder } from "./temporaryFolder.js";

const { signal } = new AbortController();

const LINE_BYTES = 100_000;
const LINES = 400;

/** What a pipe, its writer and the parts in which a file is read hold at most. */
const HELD_BYTES = 4 * 1024 * 1024;

test(
  "a file is read no further than its lines are asked for",
  { skip: process.platform === "win32" },
  async () => {
    // Who writes into a pipe knows how much of it was read.
    const pipe = join(await temporaryFolder(), "s1.jsonl");
    execFileSync("mkfifo", [pipe]);
    const line = Buffer.alloc(LINE_BYTES, "x");
    line[LINE_BYTES - 1] = 0x0a;
    let written = 0;
    const writer = createWriteStream(pipe);
    const write = (): void => {
      if (written >= LINES * LINE_BYTES) writer.end();
      else
        writer.write(line, () => {
          written += LINE_BYTES;
          write();
        });
    };
    write();
    let asked = 0;
    let most = 0;
    for await (const text of files.lines(pipe, signal)) {
      assert.equal(text?.length, LINE_BYTES - 1);
      asked += LINE_BYTES;
      // Whoever would read on has the time to.
      await new Promise((resolve) => setTimeout(resolve, 1));
      most = Math.max(most, written - asked);
    }
    assert.equal(asked, LINES * LINE_BYTES);
    assert.ok(most <= HELD_BYTES, `${most} bytes were held`);
  },
);

test("what must be held until its end is not read where it is too large, and is named", async () => {
  const found = { path: "/srv/s1.jsonl", bytes: 1e9, at: Date.parse("2026-01-05T10:00:00Z") };
  let read = 0;
  const held: ImportFiles = {
    ...files,
    async *lines(path, signal) {
      read += 1;
      yield* files.lines(path, signal);
    },
  };
  for (const importer of [editorChats, gemini]) {
    const counted = await countIn(importer, [found], { files: held, signal });
    assert.deepEqual(
      counted.skipped.map(({ reason }) => reason),
      ["the file is too large, or is gone"],
    );
    assert.equal(read, 0);
  }
});
