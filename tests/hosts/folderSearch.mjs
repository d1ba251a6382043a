// What `grep -r` does, in bytes, for tests that ask what is on disk.

import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

/** Paths of the files anywhere under a folder that hold a text, in either letter case. */
export async function filesHolding(folder, text) {
  const paths = await filesIn(folder);
  const found = await Promise.all(
    paths.map(async (path) => ((await holds(path, text)) ? [path] : [])),
  );
  return found.flat();
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

async function holds(path, text) {
  // A socket, or a file that has gone meanwhile, holds nothing.
  const bytes = await readFile(path).catch(() => Buffer.alloc(0));
  // Browsers and databases may keep text in two bytes a letter.
  const contents = [bytes.toString("latin1"), bytes.toString("utf16le")];
  return contents.some((content) => content.toLowerCase().includes(text.toLowerCase()));
}

function nothingIfGone(error) {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
  throw error;
}
