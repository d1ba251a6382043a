/**
 * The history of this repository as a set: the subject of a commit is the question, and its memory
 * is made of the rest: body, files, and the beginning of what was added to each file.
 *
 * It ends at one commit for ever, so that new commits do not move the figures.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { KeyedRecord, QualitySet, Question } from "./QualitySet.js";
import { digestOf, readLines, readSetFile } from "./QualitySet.js";

/** The newest commit of the set. */
const NEWEST = "7d8ae1d01524fec6312a99199bbc359c8bc6ffb9";

/** Added characters that are kept of a file, and of a commit. */
const FILE_CHARS = 400;
const COMMIT_CHARS = 4_000;
/** Written by machines. */
const LOCK_FILES = new Set(["Cargo.lock", "package-lock.json"]);

const ROOT = join(import.meta.dirname, "../..");

interface Commit {
  hash: string;
  /** Unix milliseconds. */
  at: number;
  subject: string;
  body: string;
}

interface Change {
  files: string[];
  added: string;
}

/** The set, or why there is none here. */
export function readHistory(): QualitySet | { reason: string } {
  const isShallow = git("rev-parse", "--is-shallow-repository")?.trim();
  if (isShallow === undefined) return { reason: "this is no clone, or git is not installed" };
  if (isShallow === "true")
    return { reason: "the clone is shallow; git fetch --unshallow brings the rest" };
  if (git("cat-file", "-e", `${NEWEST}^{commit}`) === undefined)
    return { reason: `the history holds no commit ${NEWEST}` };
  const commits = readCommits();
  const changes = readChanges();
  const records = commits.map((commit): KeyedRecord => {
    const { files, added } = changes.get(commit.hash) ?? { files: [], added: "" };
    return {
      key: commit.hash,
      record: {
        kind: "observation",
        origin: { project: { id: "example.org/quality/own", name: "own" }, provenance: "tool" },
        at: commit.at,
        type: "change",
        title: "A commit",
        narrative: `${commit.body}\n${added}`.trim(),
        filesModified: files,
      },
    };
  });
  return {
    name: "history",
    about: "subjects of this repository's commits → their bodies, files and first added lines",
    now: commits[0]?.at ?? 0,
    records,
    questions: commits.map(questionOf),
    // Not of the changes: versions of git may show one and the same a little differently.
    digest: digestOf(commits.map(({ hash }) => hash).join("\n")),
  };
}

/** The newest commit that is asked about in other words. */
const NEWEST_REPHRASED = "eb80404";

/** A line of `sets/history.paraphrases.jsonl`. */
interface Paraphrase {
  text: string;
  style: string;
  commit: string;
}

/** Our commits with their subjects, and sentences that mean one of them in other words. */
export function readParaphrasedHistory(): QualitySet | { reason: string } {
  if (git("cat-file", "-e", `${NEWEST_REPHRASED}^{commit}`) === undefined)
    return { reason: `the history holds no commit ${NEWEST_REPHRASED}` };
  const output = gitOrFail("log", "--no-merges", NEWEST_REPHRASED, FORMAT);
  const records = parseCommits(output).map(({ hash, at, subject, body }): KeyedRecord => ({
    key: hash.slice(0, 12),
    record: {
      kind: "observation",
      origin: { project: { id: "example.org/quality/own", name: "own" }, provenance: "tool" },
      ...{ at, type: "change", title: subject, narrative: body },
    },
  }));
  const text = readSetFile("history.paraphrases.jsonl");
  const questions = readLines(text) as Paraphrase[];
  return {
    name: "rephrased",
    about: "this repository's commits, asked for in words that they do not hold",
    now: records.map(({ record }) => ("at" in record ? (record.at ?? 0) : 0))[0] ?? 0,
    records,
    questions: questions.map(({ text, style, commit }) => ({
      text,
      style,
      grades: { [commit]: 3 },
    })),
    digest: digestOf(text),
  };
}

/** The subject without its conventional type, such as `fix: `. */
function questionOf({ hash, subject }: Commit): Question {
  const [, type = "other", text = subject] = /^(\w+)(?:\([^)]*\))?!?: (.*)$/.exec(subject) ?? [];
  return { text, style: type, grades: { [hash]: 3 } };
}

function readCommits(): Commit[] {
  return parseCommits(gitOrFail("log", NEWEST, FORMAT));
}

/** What `parseCommits` takes. */
const FORMAT = "--format=%H%x00%ct%x00%s%x00%b%x01";

function parseCommits(output: string): Commit[] {
  return output
    .split("\u0001")
    .map((entry) => entry.trimStart().split("\0"))
    .filter((parts) => parts.length === 4)
    .map(([hash = "", seconds, subject = "", body = ""]) => ({
      ...{ hash, subject, body: body.trim() },
      at: Number(seconds) * 1000,
    }));
}

function readChanges(): Map<string, Change> {
  const output = gitOrFail(
    ...["-c", "core.quotepath=off", "-c", "diff.noprefix=false", "-c", "diff.mnemonicPrefix=false"],
    ...["log", NEWEST, "-p", "-U0", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-color"],
    ...["--diff-algorithm=myers", "--no-indent-heuristic", "--format=commit:%H"],
  );
  const changes = new Map<string, Change>();
  for (const part of output.split(/^commit:/m).slice(1)) {
    const hash = part.slice(0, part.indexOf("\n"));
    changes.set(hash, readChange(part));
  }
  return changes;
}

/** Files and added lines of one commit's diff. */
function readChange(diff: string): Change {
  const files: string[] = [];
  const added: string[] = [];
  for (const part of diff.split(/^diff --git /m).slice(1)) {
    const file = / b\/(.*)$/m.exec(part)?.[1] ?? "";
    // An observation whose only file is called so would not be kept at all.
    if (!/(^|\/)secrets\./.test(file)) files.push(file);
    if (LOCK_FILES.has(file)) continue;
    const text = part
      .split("\n")
      .filter((line) => line.startsWith("+") && !line.startsWith("+++ "))
      .map((line) => line.slice(1).trim())
      .filter((line) => line !== "")
      .join("\n");
    added.push([...text].slice(0, FILE_CHARS).join(""));
  }
  // Some of our own tests hold tags that make the rest of a text private.
  const text = added.join("\n").replaceAll(/[<>]/g, " ");
  return { files, added: [...text].slice(0, COMMIT_CHARS).join("") };
}

function gitOrFail(...args: string[]): string {
  const output = git(...args);
  if (output === undefined) throw new Error(`git ${args.join(" ")} failed`);
  return output;
}

function git(...args: string[]): string | undefined {
  const { status, stdout } = spawnSync("git", args, {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  return status === 0 ? stdout : undefined;
}
