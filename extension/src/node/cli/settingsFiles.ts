import { randomBytes } from "node:crypto";
import { chmod, mkdir, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { NotAFileError } from "../../common/storage/SegmentStore.js";
import { ifMissing, isThere, readIfThere } from "../files.js";
import { UsageError } from "./options.js";

/** Settings are small. */
const MAX_BYTES = 16 * 1024 * 1024;

/** The text of a file, or `undefined` if there is none. */
export async function textOf(file: string): Promise<string | undefined> {
  try {
    // A mark of its encoding at the beginning stays, as the first character.
    const real = await realpath(file).catch(ifMissing);
    const bytes = real === undefined ? undefined : await readIfThere(real, MAX_BYTES);
    // Who writes there would put a file in place of the link.
    if (bytes === undefined && (await isThere(file)))
      throw new UsageError(`${file} is left alone: it is a link to nothing`);
    if (bytes === undefined) return undefined;
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof NotAFileError) throw new UsageError(`${file} is no file`);
    if (error instanceof TypeError) throw new UsageError(`${file} is left alone: it is no UTF-8`);
    throw error;
  }
}

/** Makes a folder and those above it; gives those that were not there, the outermost first. */
export async function makeFolders(folder: string): Promise<string[]> {
  const missing: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    const isThere = await stat(at).then(
      () => true,
      () => false,
    );
    if (isThere || dirname(at) === at) break;
    missing.unshift(at);
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return missing;
}

/** Writes a file as a whole, behind links and with the mode it has. */
export async function writeWhole(file: string, text: string, newMode: number): Promise<void> {
  const real = await realPath(file);
  const mode = await stat(real).then(
    (state) => state.mode & 0o777,
    () => newMode,
  );
  const part = join(dirname(real), `.${basename(real)}.${randomBytes(6).toString("hex")}`);
  try {
    await writeFile(part, text, { mode, flag: "wx" });
    await chmod(part, mode);
    await rename(part, real);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Where a file really is, behind links. */
export function realPath(file: string): Promise<string> {
  return realpath(file).catch(() => file);
}
