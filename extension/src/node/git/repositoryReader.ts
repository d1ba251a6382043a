import { readdir, realpath, stat } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type { FolderReader } from "../../common/git/FolderReader.js";
import { readIfThere } from "../files.js";

/** The path of a URI for a path of this system. */
export function uriPath(path: string): string {
  return decodeURIComponent(pathToFileURL(path).pathname);
}

/** The path on this system for the path of a URI. */
export function systemPath(path: string): string {
  return process.platform === "win32" ? path.replace(/^\/(?=[a-z]:)/i, "") : path;
}

/** Reads the files of repositories on this machine, none larger than this. */
export function repositoryReader(maxBytes: number): FolderReader {
  return {
    async read(path) {
      try {
        // A link is followed here, as git does; what it leads to must be a file all the same.
        return await readIfThere(await realpath(systemPath(path)), maxBytes);
      } catch {
        return undefined;
      }
    },
    async list(path) {
      try {
        const items = await readdir(systemPath(path), { withFileTypes: true });
        return items.map((item) => ({ name: item.name, isFolder: item.isDirectory() }));
      } catch {
        return undefined;
      }
    },
    async size(path) {
      try {
        return (await stat(systemPath(path))).size;
      } catch {
        return undefined;
      }
    },
  };
}
