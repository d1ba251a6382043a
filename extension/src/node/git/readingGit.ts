import { spawn } from "node:child_process";
import { once } from "node:events";
import { homedir } from "node:os";

/**
 * What a repository's own configuration may make git run, taken from it: its file system monitor,
 * hooks, pager and programs that ask for passwords or check signatures.
 */
export const WITHOUT_COMMANDS = [
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "core.pager=cat",
  "core.askPass=",
  "diff.external=",
  "gc.auto=0",
  "log.showSignature=false",
  "maintenance.auto=false",
  "merge.verifySignatures=false",
  "submodule.recurse=false",
].flatMap((setting) => ["-c", setting]);

/** The environment without anything that was set for another run of git. */
export function environmentWithoutGit(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^GIT_/i.test(name)));
}

/**
 * What git reads a repository with. The repository is anybody's, and one that names a command as
 * its transport and lacks an object would have git run it.
 */
const READING = {
  GIT_ALLOW_PROTOCOL: "none",
  GIT_NO_LAZY_FETCH: "1",
  GIT_NO_REPLACE_OBJECTS: "1",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_TERMINAL_PROMPT: "0",
  LC_ALL: "C",
};

/** Which program reads which repository. Paths are those of this system. */
export interface GitRun {
  readonly program: string;
  readonly root: string;
  readonly gitFolder: string;
}

/** Git is ended if it says nothing for so long: a few small objects can make it compare for ever. */
const SILENCE_LIMIT_MS = 60_000;

/** Git could not read what it was asked for. What it says may name files, so it is not kept. */
export class GitFailedError extends Error {
  override readonly name = "GitFailedError";
}

/**
 * Runs git to read something, with lines for its standard input, and gives what it writes as it
 * comes. Nothing that the repository names is run.
 */
export async function* readingGit(
  { program, root, gitFolder }: GitRun,
  args: readonly string[],
  lines: readonly string[],
  signal: AbortSignal,
  silenceLimitMs = SILENCE_LIMIT_MS,
): AsyncGenerator<Buffer> {
  if (signal.aborted) return;
  const all = ["--no-pager", ...WITHOUT_COMMANDS, "-C", root, "--git-dir", gitFolder, ...args];
  const child = spawn(program, all, {
    // Windows looks for programs in the folder that a process starts in, and this one is nobody's.
    cwd: homedir(),
    env: { ...environmentWithoutGit(), ...READING },
    stdio: ["pipe", "pipe", "ignore"],
    windowsHide: true,
  });
  const ended = once(child, "close");
  // It is awaited below, unless who reads goes away before.
  ended.catch(() => undefined);
  const stop = (): void => void child.kill();
  const isStopped = (): boolean => signal.aborted;
  signal.addEventListener("abort", stop, { once: true });
  try {
    // A program that ends early does not read all of it.
    child.stdin.on("error", () => undefined);
    child.stdin.end(lines.map((line) => `${line}\n`).join(""));
    let silence = setTimeout(stop, silenceLimitMs);
    try {
      for await (const chunk of child.stdout) {
        clearTimeout(silence);
        yield chunk as Buffer;
        silence = setTimeout(stop, silenceLimitMs);
      }
    } finally {
      clearTimeout(silence);
    }
    const [code] = (await ended) as [number | null];
    if (code !== 0 && !isStopped())
      throw new GitFailedError(`git ended with ${code ?? "a signal"}`);
  } finally {
    signal.removeEventListener("abort", stop);
    if (child.exitCode === null) child.kill();
  }
}

/** All that git writes, as text. */
export async function gitText(
  run: GitRun,
  args: readonly string[],
  lines: readonly string[],
  signal: AbortSignal,
): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of readingGit(run, args, lines, signal)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
