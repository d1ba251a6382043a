import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { findGitFolder } from "../../common/git/gitFolder.js";
import { learnFrom, type LearnResult } from "../../common/git/gitHistory.js";
import type { Memories } from "../../common/memories/Memories.js";
import { nodeHistory } from "../git/nodeHistory.js";
import { repositoryReader, uriPath } from "../git/repositoryReader.js";
import { projectOfFolder } from "../git/gitProject.js";
import { UsageError, typedInteger, type CommandLine } from "./options.js";

/** As the setting of the editor. */
const MAX_COMMITS = 20_000;

/** Packs are read as a whole where no git can read the repository. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;

/** Makes memories of the commits of a repository; says how many, and what was left out and why. */
export async function learn(
  { options }: CommandLine,
  memories: Memories,
  signal: AbortSignal,
): Promise<number> {
  const typed = options["max-commits"] ?? String(MAX_COMMITS);
  const maxCommits = typedInteger("--max-commits", typed, 1, MAX_COMMITS);
  const folder = resolve(options.repository ?? process.cwd());
  const result = await learnFolder(memories, folder, maxCommits, signal);
  const shown = options.json === true ? jsonOf(result) : textOf(result, maxCommits);
  process.stdout.write(`${shown}\n`);
  return result.isCancelled ? 1 : 0;
}

/** Makes memories of the commits of the repository that a folder is in. */
export async function learnFolder(
  memories: Memories,
  folder: string,
  maxCommits: number,
  signal: AbortSignal,
): Promise<LearnResult> {
  const reader = repositoryReader(MAX_FILE_BYTES);
  const path = await realpath(folder).catch(() => folder);
  const git = await findGitFolder(reader, uriPath(path));
  if (git === undefined) throw new UsageError(`there is no repository in ${folder}`);
  const project = await projectOfFolder(memories, folder);
  return learnFrom(nodeHistory("git", reader, git), memories, {
    ...{ project, maxCommits, signal },
    onProgress: () => undefined,
  });
}

function jsonOf(result: LearnResult): string {
  const { read, learned, known, skipped, unreadable, isCapped, isCancelled } = result;
  const leftOut = skipped + unreadable;
  return JSON.stringify({
    ...{ read, learned, known, leftOut },
    ...{ skipped, unreadable, isCapped, isCancelled },
  });
}

function textOf(result: LearnResult, maxCommits: number): string {
  const { read, learned, known, skipped, unreadable, isCapped, isCancelled } = result;
  const leftOut = skipped + unreadable;
  const lines = [
    `${read} commits read, ${learned} learned, ${known} known already, ${leftOut} left out`,
  ];
  if (skipped > 0) lines.push(`${skipped} say nothing that may be kept`);
  if (unreadable > 0) lines.push(`${unreadable} could not be read`);
  if (isCapped) lines.push(`older ones were not read: --max-commits ${maxCommits}`);
  if (isCancelled) lines.push("interrupted; what was learned stays, and the next time goes on");
  return lines.join("\n");
}
