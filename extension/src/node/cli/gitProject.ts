import { readdir, realpath } from "node:fs/promises";
import { isAbsolute, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Project } from "recollect-wasm";
import type { FolderReader } from "../../common/FolderReader.js";
import { findGitFolder, remoteUrl } from "../../common/gitFolder.js";
import type { Memories } from "../../common/Memories.js";
import { readIfThere } from "../files.js";
import { folderAddress } from "../../http/SessionBook.js";

/** Files that tell of a repository are small; anything larger is none of them. */
const MAX_BYTES = 1024 * 1024;

/** The project of a folder on this machine, as an editor that has the folder open names it. */
export async function projectOfFolder(
  memories: Pick<Memories, "projectOf">,
  folder: string,
): Promise<Project> {
  const path = pathOf(folder);
  // A folder of another machine is known by its address.
  if (path === undefined) return memories.projectOf(undefined, folderAddress(folder));
  const uri = pathToFileURL(path);
  let remote: string | undefined;
  try {
    const git = await findGitFolder(reader, decodeURIComponent(uri.pathname));
    remote = git && (await remoteUrl(reader, git));
  } catch {
    // A folder that cannot be read is known by its address.
  }
  return memories.projectOf(remote, uri.href);
}

/** The path of a folder on this machine, if that is what a path or a URI names. */
function pathOf(folder: string): string | undefined {
  const isOfWindows = /^[a-z]:[\\/]/i.test(folder);
  if (isOfWindows && !isAbsolute(folder)) return undefined;
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(folder)) return resolve(folder);
  try {
    return fileURLToPath(folder);
  } catch {
    return undefined;
  }
}

const reader: FolderReader = {
  async read(path) {
    try {
      // A link is followed here, as git does; what it leads to must be a file all the same.
      return await readIfThere(await realpath(path), MAX_BYTES);
    } catch {
      return undefined;
    }
  },
  async list(path) {
    try {
      const items = await readdir(path, { withFileTypes: true });
      return items.map((item) => ({ name: item.name, isFolder: item.isDirectory() }));
    } catch {
      return undefined;
    }
  },
};
