import type { FolderReader } from "./FolderReader.js";
import type { GitFolder } from "./gitFolder.js";
import type { CommitDetails } from "./GitHeadFiles.js";
import { readFolderCommit } from "./GitFolderHistory.js";

/** A commit from the repository's own files; `undefined` if they do not have it. */
export async function readGitCommit(
  reader: FolderReader,
  folder: GitFolder,
  hash: string,
): Promise<CommitDetails | undefined> {
  const commit = await readFolderCommit(reader, folder, hash);
  if (commit === undefined) return undefined;
  const { message, at, committedAt = at, files } = commit;
  return { message, at: committedAt, files };
}

/**
 * The same folder without the packs of objects. A new commit lies beside them, and reading a commit
 * out of a pack means to read the whole pack.
 */
export function withoutPacks(reader: FolderReader): FolderReader {
  return {
    ...{ read: (path) => reader.read(path) },
    list: async (path) => (path.endsWith("/objects/pack") ? [] : reader.list(path)),
  };
}
