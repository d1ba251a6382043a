import type { FileSystem, Uri } from "vscode";
import type { FolderReader } from "../../common/git/FolderReader.js";
import { NotAFileError } from "../../common/storage/SegmentStore.js";

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

/** `FileType.File`. A link to a file has another bit set as well. */
const FILE = 1;

/**
 * The bytes of a regular file, or `undefined` if nothing is there.
 *
 * Rejects with {@link NotAFileError} for anything else: who opens a pipe waits for ever.
 */
export async function readRegularFile(
  files: FileSystem,
  uri: Uri,
  { mayBeLink = false } = {},
): Promise<Uint8Array | undefined> {
  const type = await files.stat(uri).then((state) => state.type, ifFileNotFound);
  const isFile = mayBeLink ? ((type ?? FILE) & FILE) !== 0 : (type ?? FILE) === FILE;
  if (!isFile) throw new NotAFileError(uri.path);
  // In a browser, reading may find what another tab wrote although nothing is known of it yet.
  return files.readFile(uri).then((bytes) => bytes, ifFileNotFound);
}

/** Nothing is there, which is an ordinary answer. */
function ifFileNotFound(error: unknown): undefined {
  if (hasFileSystemCode(error, "FileNotFound")) return undefined;
  throw error;
}

/** Reads files of the same authority as `root`, by path. */
export function folderReader(files: FileSystem, root: Uri): FolderReader {
  return {
    async read(path) {
      try {
        return await readRegularFile(files, root.with({ path }), { mayBeLink: true });
      } catch (error) {
        if (error instanceof NotAFileError) return undefined;
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
    async size(path) {
      try {
        return (await files.stat(root.with({ path }))).size;
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
