import { randomBytes } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { KnownFiles } from "../../common/import/KnownFiles.js";
import { readIfThere, writeDurably } from "../files.js";

/** Beside the folder with the memories. */
const NAME = "imports.json";

/** What has more was not written by this. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Which files were taken in before into the memories of a storage folder. */
export function knownFilesOf(folder: string, version: string): Promise<KnownFiles> {
  const path = join(folder, NAME);
  const kept = {
    read: async () => (await readIfThere(path, MAX_BYTES))?.toString("utf8"),
    write: async (text: string) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const part = `${path}.${randomBytes(6).toString("hex")}`;
      try {
        await writeDurably(part, new TextEncoder().encode(text));
        await rename(part, path);
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
    },
  };
  return KnownFiles.read(kept, version);
}
