import type { FileSystem, Uri } from "vscode";
import type { FolderReader } from "../common/FolderReader.js";

/** `FileType.Directory`, which a type-only import cannot name. Links to folders have another bit set as well. */
const DIRECTORY = 2;

/** A file or folder inside a folder. */
export function childOf(folder: Uri, name: string): Uri {
  return folder.with({ path: `${folder.path.replace(/\/$/, "")}/${name}` });
}

/** Whether a caught value is the file service's error of this kind, such as `FileNotFound`. */
export function hasFileSystemCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/** Reads files of the same authority as `root`, by path. */
export function folderReader(files: FileSystem, root: Uri): FolderReader {
  return {
    async read(path) {
      try {
        return await files.readFile(root.with({ path }));
      } catch (error) {
        throwUnlessNothingThere(error);
        return undefined;
      }
    },
    async list(path) {
      try {
        const items = await files.readDirectory(root.with({ path }));
        return items.map(([name, type]) => ({ name, isFolder: (type & DIRECTORY) !== 0 }));
      } catch (error) {
        throwUnlessNothingThere(error);
        return undefined;
      }
    },
  };
}

/** Nothing is there, or something of the other sort; both are ordinary answers while looking around. */
function throwUnlessNothingThere(error: unknown): void {
  for (const code of ["FileNotFound", "FileNotADirectory", "FileIsADirectory"]) {
    if (hasFileSystemCode(error, code)) return;
  }
  throw error;
}
