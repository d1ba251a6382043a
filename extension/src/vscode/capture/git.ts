import * as vscode from "vscode";
import { cut } from "../../common/capture/cut.js";
import {
  headMoves,
  isSwitch,
  type Head,
  type HeadCommit,
  type HeadMove,
} from "../../common/capture/headMoves.js";
import { describe } from "../../common/Log.js";
import { watchRepositories, type RepositoryHead } from "../gitExtension.js";
import type { CaptureSink, Place } from "./Capture.js";
import { pathBelow, placeOfFolder } from "./place.js";

/** Commits between two looks that are told apart. */
const MAX_COMMITS = 50;

/** Longest message of a commit that is kept. */
const MAX_MESSAGE = 4_096;

/** Commits, merges and switches of branches of the open repositories, as the Git extension sees them. */
export function listenToGit(sink: CaptureSink): vscode.Disposable {
  let isOver = false;
  let subscription: vscode.Disposable | undefined;
  const watch = async (): Promise<void> => {
    subscription = await watchRepositories((repository) => watchHead(sink, repository));
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

  const look = async (): Promise<void> => {
    const [before, since] = [head, lookedAt];
    head = repository.head;
    lookedAt = Date.now();
    if (before.branch === head.branch && before.commit === head.commit) return;
    // The Git extension has not read the repository before.
    if (before.branch === undefined && before.commit === undefined) return;
    const place = placeOfRepository(repository.rootUri);
    if (place === undefined || !sink.isOn("git", place.folder)) return;
    for (const move of await movesOf(repository, before, head, since))
      await take(sink, repository, place.folder, head, move);
  };

  return repository.onDidChange(() => {
    // One after the other, so that each look begins where the one before ended.
    looking = looking.then(look).catch((error: unknown) => {
      sink.log.debug(`what git did was not captured: ${describe(error)}`);
    });
  });
}

async function movesOf(
  repository: RepositoryHead,
  before: Head,
  after: Head,
  since: number,
): Promise<HeadMove[]> {
  if (isSwitch(before, after))
    return [
      {
        type: "git_checkout",
        ...(before.branch === undefined ? {} : { from: before.branch }),
      },
    ];
  if (after.commit === undefined) return [];
  if (before.commit === undefined)
    return [{ type: "git_commit", commit: after.commit, isAmended: false }];
  const range = (from: string, to: string): Promise<readonly HeadCommit[]> =>
    repository.range(`${from}..${to}`, MAX_COMMITS);
  const [reached, lost] = await Promise.all([
    range(before.commit, after.commit),
    range(after.commit, before.commit),
  ]);
  return headMoves(after.commit, reached, lost.length, since);
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
    const content = `${move.from ?? "a commit"} → ${head.branch ?? "a commit"}`;
    const from = move.from === undefined ? {} : { from: move.from };
    sink.take(folder, { ...common, content, metadata: { ...branch, ...from } });
    return;
  }
  if (move.type === "git_rebase" || move.type === "git_reset") {
    sink.take(folder, { ...common, metadata: { ...branch, commits: move.commits } });
    return;
  }
  const commit = await repository.commit(move.commit);
  const details =
    move.type === "git_commit"
      ? { commit: move.commit, isAmended: move.isAmended }
      : { commit: move.commit, commits: move.commits };
  const files = commit.files.flatMap((uri) => pathBelow(folder.uri, uri) ?? []);
  sink.take(folder, {
    ...common,
    // Git keeps whole seconds, and a save of the same second came before.
    at: Math.min(common.at, commit.at + 999),
    content: cut(commit.message.trim(), MAX_MESSAGE),
    metadata: { ...branch, ...details },
    // A merge brings along what others did; those are not this session's files.
    ...(move.type === "git_commit" ? { files } : {}),
  });
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
