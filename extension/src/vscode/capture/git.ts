import * as vscode from "vscode";
import type { Head, HeadMove } from "../../common/capture/headMoves.js";
import { describe } from "../../common/Log.js";
import type { RepositoryHead } from "../git/gitRepositories.js";
import type { CaptureSink } from "./CaptureSink.js";
import { pathBelow, placeOfFolder, type Place } from "./place.js";

/** Longest message of a commit that is kept. */
const MAX_MESSAGE = 4_096;

/** Commits, merges and switches of branches of the open repositories. */
export function listenToGit(sink: CaptureSink): vscode.Disposable {
  let isOver = false;
  let subscription: vscode.Disposable | undefined;
  const watch = async (): Promise<void> => {
    subscription = await sink.watchRepositories((repository) => watchHead(sink, repository));
    if (isOver) subscription.dispose();
  };
  watch().catch((error: unknown) => {
    sink.log.debug(`git is not listened to: ${describe(error)}`);
  });
  return new vscode.Disposable(() => {
    isOver = true;
    subscription?.dispose();
  });
}

function watchHead(sink: CaptureSink, repository: RepositoryHead): vscode.Disposable {
  let head = repository.head;
  let lookedAt = Date.now();
  let looking = Promise.resolve();
  let resumed = 0;

  const look = async (whenAsked: number): Promise<void> => {
    // A pause has ended since, and what happened in it is passed over next.
    if (whenAsked !== resumed) return;
    const [before, since] = [head, lookedAt];
    head = repository.head;
    lookedAt = Date.now();
    // The repository had not been read before.
    if (before.branch === undefined && before.commit === undefined) return;
    const place = placeOfRepository(repository.rootUri);
    if (place === undefined || !sink.isOn("git", place.folder)) return;
    for (const move of await repository.moves(before, head, since))
      await take(sink, repository, place.folder, head, move);
  };

  const passOver = async (): Promise<void> => {
    try {
      await repository.passOver();
    } finally {
      head = repository.head;
      lookedAt = Date.now();
    }
  };

  // One after the other, so that each look begins where the one before ended.
  const afterwards = (work: () => Promise<void>): void => {
    looking = looking.then(work).catch((error: unknown) => {
      sink.log.debug(`what git did was not captured: ${describe(error)}`);
    });
  };
  return vscode.Disposable.from(
    repository.onDidChange(() => {
      const whenAsked = resumed;
      afterwards(() => look(whenAsked));
    }),
    sink.onResume(() => {
      resumed += 1;
      afterwards(passOver);
    }),
  );
}

async function take(
  sink: CaptureSink,
  repository: RepositoryHead,
  folder: vscode.WorkspaceFolder,
  head: Head,
  move: HeadMove,
): Promise<void> {
  const branch = head.branch === undefined ? {} : { branch: head.branch };
  const common = { source: "git", type: move.type, at: Date.now() } as const;
  if (move.type === "git_checkout") {
    const to = move.to ?? head.branch;
    const content = `${move.from ?? "a commit"} → ${to ?? "a commit"}`;
    const from = move.from === undefined ? {} : { from: move.from };
    const metadata = { ...(to === undefined ? {} : { branch: to }), ...from };
    sink.take(folder, { ...common, content, metadata });
    return;
  }
  if (move.type === "git_rebase" || move.type === "git_reset") {
    sink.take(folder, { ...common, metadata: { ...branch, ...countOf(move) } });
    return;
  }
  sink.learnCommit(repository.rootUri, move.commit);
  const commit = await repository.commit(move.commit);
  const details =
    move.type === "git_commit"
      ? { commit: move.commit, isAmended: move.isAmended }
      : { commit: move.commit, ...countOf(move) };
  const files = commit.files.flatMap((uri) => pathBelow(folder.uri, uri) ?? []);
  sink.take(folder, {
    ...common,
    // Git keeps whole seconds, and a save of the same second came before.
    at: Math.min(common.at, commit.at + 999),
    content: commit.message.trim(),
    maxLength: MAX_MESSAGE,
    metadata: { ...branch, ...details },
    // A merge brings along what others did; those are not this session's files.
    ...(move.type === "git_commit" ? { files } : {}),
  });
}

/** How many commits it was about, where that is known. */
function countOf({ commits }: { readonly commits?: number }): { commits?: number } {
  return commits === undefined ? {} : { commits };
}

/** A repository that holds the folder, or lies in it. */
function placeOfRepository(root: vscode.Uri): Place | undefined {
  const inside = placeOfFolder(root);
  if (inside !== undefined) return inside;
  const folder = vscode.workspace.workspaceFolders?.find(
    ({ uri }) => pathBelow(root, uri) !== undefined,
  );
  return folder === undefined ? undefined : { folder, path: "" };
}
