import type { FolderReader } from "./FolderReader.js";
import type { GitFolder } from "./gitFolder.js";
import type { CommitDetails } from "./GitHeadFiles.js";
import { changedFiles, GitObjects } from "./GitObjects.js";

/** A commit from the repository's own files; `undefined` if they do not have it. */
export async function readGitCommit(
  reader: FolderReader,
  { commonFolder }: GitFolder,
  hash: string,
): Promise<CommitDetails | undefined> {
  // What was read before is not kept: the repository has changed since.
  const objects = new GitObjects(reader, commonFolder);
  const read = await objects.commit(hash);
  if (read === undefined) return undefined;
  const { commit } = read;
  // Where a tree is not at hand, the message still says what was done.
  const files = await changedFiles(objects, commit).catch(() => []);
  return { message: commit.message, at: commit.committer.timestamp * 1_000, files };
}

/**
 * The same folder without the packs of objects. A new commit lies beside them, and reading a commit
 * out of a pack means to read the whole pack.
 */
export function withoutPacks(reader: FolderReader): FolderReader {
  return {
    read: (path) => reader.read(path),
    list: async (path) => (path.endsWith("/objects/pack") ? [] : reader.list(path)),
  };
}
