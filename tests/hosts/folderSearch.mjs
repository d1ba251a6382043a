// What `grep -r` does, in bytes, for tests that ask what is on disk.

import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

/** Paths of the files anywhere under a folder that hold a text, in either letter case. */
export async function filesHolding(folder, text) {
  return (await filesHoldingAny(folder, [text])).map(({ path }) => path);
}

/** The files anywhere under a folder that hold any of some texts, each with those that it holds. */
export async function filesHoldingAny(folder, texts) {
  const found = [];
  // One after the other: all of an editor's files at once would be hundreds of megabytes.
  for (const path of await filesIn(folder)) {
    const held = await textsIn(path, texts);
    if (held.length > 0) found.push({ path, texts: held });
  }
  return found;
}

/** Waits until some file anywhere under a folder holds a text, but not for ever: there may be none. */
export async function waitUntilSomethingHolds(folder, text, patienceMs = 5_000) {
  for (const end = Date.now() + patienceMs; Date.now() < end;) {
    if ((await filesHolding(folder, text)).length > 0) return;
    await new Promise((settle) => setTimeout(settle, 100));
  }
}

/** Waits until no file anywhere under a folder holds a text. */
export async function waitUntilNothingHolds(folder, text, timeoutMs = 15_000) {
  for (const end = Date.now() + timeoutMs; ;) {
    const found = await filesHolding(folder, text);
    if (found.length === 0) return;
    if (Date.now() > end) throw new Error(`"${text}" still stands in ${found.join(", ")}.`);
    await new Promise((settle) => setTimeout(settle, 100));
  }
}

/**
 * Paths of all files anywhere under a folder. A running editor deletes folders
 * while they are listed, and `readdir` with `recursive` gives up then.
 */
async function filesIn(folder) {
  const entries = await readdir(folder, { withFileTypes: true }).catch(nothingIfGone);
  const found = await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesIn(path) : [path];
    }),
  );
  return found.flat();
}

async function textsIn(path, texts) {
  // A socket, or a file that has gone meanwhile, holds nothing.
  const bytes = await readFile(path).catch(() => Buffer.alloc(0));
  // Browsers and databases may keep text in two bytes a letter, from any byte on.
  const contents = [
    bytes.toString("latin1"),
    bytes.toString("utf16le"),
    bytes.subarray(1).toString("utf16le"),
  ].map((content) => content.toLowerCase());
  return texts.filter((text) => contents.some((content) => content.includes(text.toLowerCase())));
}

function nothingIfGone(error) {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
  throw error;
}
