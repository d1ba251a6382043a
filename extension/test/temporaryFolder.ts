import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

/** What must end before a folder is removed, because it may still write there. */
const users = new Map<string, (() => Promise<void>)[]>();

/** A new folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "recollect-test-"));
  users.set(folder, []);
  after(async () => {
    await Promise.all((users.get(folder) ?? []).map((end) => end()));
    await rm(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Ends something after the test, and before its folder is removed. */
export function endWith(folder: string, end: () => Promise<void>): void {
  const ends = users.get(folder);
  if (ends === undefined) after(end);
  else ends.push(end);
}

/** Every byte below a folder, as one text. */
export async function everythingIn(folder: string): Promise<string> {
  const items = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = items.filter((item) => item.isFile());
  const texts = await Promise.all(
    files.map(({ parentPath, name }) => readFile(join(parentPath, name), "latin1")),
  );
  return texts.join("\n");
}
