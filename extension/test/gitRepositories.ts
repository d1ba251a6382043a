import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Commit } from "recollect-wasm";
import { GitFolderHistory } from "../src/common/git/GitFolderHistory.js";
import { findGitFolder } from "../src/common/git/gitFolder.js";
import type { History, Known, Survey } from "../src/common/git/gitHistory.js";
import { GitProgramHistory } from "../src/node/git/GitProgramHistory.js";
import { repositoryReader } from "../src/node/git/repositoryReader.js";
import { temporaryFolder } from "./temporaryFolder.js";

const run = promisify(execFile);

/** The disk itself, as the port wants it. */
export const disk = repositoryReader(1 << 28);

/** A repository in a temporary folder, and git to change it. */
export class TestRepository {
  #minute = 0;

  private constructor(readonly folder: string) {}

  static async create(...options: string[]): Promise<TestRepository> {
    const repository = new TestRepository(await temporaryFolder());
    await repository.git("init", "--quiet", ...options);
    return repository;
  }

  static of(folder: string): TestRepository {
    return new TestRepository(folder);
  }

  /** What git says. Each commit is a minute after the one before. */
  async git(...args: string[]): Promise<string> {
    const settings = ["user.name=Ann", "user.email=ann@example.com", "init.defaultBranch=main"];
    const all = [...settings, "commit.gpgsign=false", "tag.gpgsign=false", "core.autocrlf=false"];
    this.#minute += 1;
    const time = `${1_700_000_000 + 60 * this.#minute} +0000`;
    const env = {
      ...process.env,
      ...{ GIT_AUTHOR_DATE: time, GIT_COMMITTER_DATE: time },
      ...{ GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
    };
    const options = ["-C", this.folder, ...all.flatMap((one) => ["-c", one])];
    const { stdout } = await run("git", [...options, ...args], { env, maxBuffer: 1 << 26 });
    return stdout.trim();
  }

  /** Makes that many empty commits at once, on a new branch `main`. */
  async import(count: number): Promise<void> {
    const commits = Array.from({ length: count }, (_, index) => {
      const time = `${1_700_000_000 + 60 * index} +0000`;
      const message = `c${index}`;
      return `commit refs/heads/main\ncommitter Ann <ann@example.com> ${time}\ndata ${message.length}\n${message}\n`;
    });
    const stream = join(this.folder, ".git", "stream");
    await writeFile(stream, commits.join("\n"));
    await run("sh", ["-c", 'git -C "$0" fast-import --quiet < "$1"', this.folder, stream]);
  }

  async write(path: string, text: string): Promise<void> {
    const file = join(this.folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }

  /** Commits everything; returns the hash. */
  async commit(message: string, ...options: string[]): Promise<string> {
    await this.git("add", "--all");
    const lenient = ["--quiet", "--allow-empty", "--allow-empty-message", "--no-verify"];
    await this.git("commit", ...lenient, ...options, "-m", message);
    return this.git("rev-parse", "HEAD");
  }
}

/** How a history can be read. */
export const READERS = ["git", "files"] as const;
export type Reader = (typeof READERS)[number];

export async function historyOf(folder: string, reader: Reader): Promise<History> {
  const found = await findGitFolder(disk, folder);
  if (found === undefined) throw new Error("no repository");
  return reader === "git" ? new GitProgramHistory("git", found) : new GitFolderHistory(disk, found);
}

export async function surveyOf(
  folder: string,
  reader: Reader,
  { maxCommits = 20_000, known = new Map() as Known } = {},
): Promise<Survey> {
  const history = await historyOf(folder, reader);
  return history.survey(maxCommits, known, new AbortController().signal);
}

/** What is read of the commits that are not known yet. */
export async function commitsOf(
  folder: string,
  reader: Reader,
  options?: { maxCommits?: number; known?: Known },
): Promise<Commit[]> {
  const survey = await surveyOf(folder, reader, options);
  const commits: Commit[] = [];
  for await (const group of survey.commits(new AbortController().signal)) commits.push(...group);
  return commits;
}
