import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { readIfThere } from "../files.js";
import type { FoundFile, ImportFiles } from "../../common/import/Importer.js";

/** Longest line that is read; the rest of a longer one is passed over without being kept. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;

const LINE_FEED = 0x0a;

/** The files of this machine. */
export const nodeImportFiles: ImportFiles = {
  async find(folder, passes, depth) {
    const found: FoundFile[] = [];
    const info = await stat(folder).catch(() => undefined);
    const at = Math.floor(info?.mtimeMs ?? 0);
    // Who names one file means that one.
    if (info?.isFile() === true && passes(basename(folder)))
      found.push({ path: folder, bytes: info.size, at });
    else await walk(folder, passes, depth, found);
    return found.sort((one, other) => (one.path < other.path ? -1 : 1));
  },
  async *lines(path, signal) {
    let parts: Buffer[] = [];
    let length = 0;
    const end = (): string | undefined => {
      const text = length > MAX_LINE_BYTES ? undefined : Buffer.concat(parts).toString("utf8");
      parts = [];
      length = 0;
      return text;
    };
    const add = (part: Buffer): void => {
      length += part.length;
      if (length > MAX_LINE_BYTES) parts = [];
      else parts.push(part);
    };
    const stream = createReadStream(path, { highWaterMark: 256 * 1024 });
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (signal.aborted) return;
      let start = 0;
      for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, start)) {
        add(chunk.subarray(start, at));
        yield end();
        start = at + 1;
      }
      if (start < chunk.length) add(chunk.subarray(start));
    }
    if (length > 0) yield end();
  },
  async bytes(path, most) {
    const info = await stat(path).catch(() => undefined);
    if (info === undefined || info.size > most) return undefined;
    // It may have grown since.
    return readIfThere(path, most).catch(() => undefined);
  },
};

async function walk(
  folder: string,
  passes: (name: string) => boolean,
  depth: number,
  found: FoundFile[],
): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    // A link may lead out of the folder, or in a circle.
    if (entry.isDirectory() && depth > 0) await walk(path, passes, depth - 1, found);
    if (!entry.isFile() || !passes(entry.name)) continue;
    const info = await stat(path).catch(() => undefined);
    if (info !== undefined) found.push({ path, bytes: info.size, at: Math.floor(info.mtimeMs) });
  }
}
