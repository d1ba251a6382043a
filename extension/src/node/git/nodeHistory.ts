import type { Commit } from "recollect-wasm";
import type { FolderReader } from "../../common/git/FolderReader.js";
import { GitFolderHistory } from "../../common/git/GitFolderHistory.js";
import type { GitFolder } from "../../common/git/gitFolder.js";
import type { History, Known, Survey } from "../../common/git/gitHistory.js";
import { GitProgramHistory } from "./GitProgramHistory.js";

/** The history of a repository on this machine: through git, or by its files where no git can read it. */
export function nodeHistory(program: string, reader: FolderReader, folder: GitFolder): History {
  const byProgram = new GitProgramHistory(program, folder);
  const byFiles = new GitFolderHistory(reader, folder);
  return {
    async survey(maxCommits: number, known: Known, signal: AbortSignal): Promise<Survey> {
      try {
        return await byProgram.survey(maxCommits, known, signal);
      } catch {
        // There is no such program, or it refuses this repository.
        return byFiles.survey(maxCommits, known, signal);
      }
    },
    async commit(hash: string): Promise<Commit | undefined> {
      const commit = await byProgram.commit(hash).catch(() => undefined);
      return commit ?? byFiles.commit(hash);
    },
  };
}
