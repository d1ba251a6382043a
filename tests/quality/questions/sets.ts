/**
 * Histories with questions whose answers are known: this repository's own up to one commit, and
 * those in a folder that somebody names.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Commit, Question } from "./score.js";

/** A repository and questions about it. */
export interface HistorySet {
  readonly name: string;
  readonly folder: string;
  readonly commits: ReadonlyMap<string, Commit>;
  readonly questions: readonly Question[];
}

/** The newest commit that our own questions are about. */
const NEWEST = "eb80404";

const ROOT = join(import.meta.dirname, "../../..");

/** A question as its file has it. */
interface Line {
  readonly id: string;
  readonly category: string;
  readonly question: string;
  readonly earlier?: string;
  readonly at: string;
  readonly kind: Question["kind"];
  readonly latest?: boolean;
}

/** Our own say which commits answer, or of which file or time all are. */
interface OwnLine extends Line {
  readonly gold?: readonly string[];
  readonly of?: { path?: string; added?: string; since?: string; before?: string };
}

interface HistoryLine extends Line {
  readonly gold: readonly { readonly n: number; readonly grade: number }[];
}

/** Our own history in a folder, or why there is none here. */
export function ownSet(into: string): HistorySet | { reason: string } {
  if (git(ROOT, "cat-file", "-e", `${NEWEST}^{commit}`) === undefined) {
    return { reason: `the history holds no commit ${NEWEST}` };
  }
  const folder = join(into, "own");
  need(git(into, "clone", "--quiet", "--shared", "--no-checkout", ROOT, folder));
  const head = need(git(ROOT, "rev-parse", NEWEST)).trim();
  need(git(folder, "update-ref", "--no-deref", "HEAD", head));
  // What came later is no part of it: its words would be known.
  for (const ref of need(git(folder, "for-each-ref", "--format=%(refname)"))
    .trim()
    .split("\n")) {
    need(git(folder, "update-ref", "-d", "--no-deref", ref));
  }
  const commits = commitsOf(folder);
  const lines = readLines<OwnLine>(join(import.meta.dirname, "own.jsonl"));
  return {
    ...{ name: "own", folder, commits },
    questions: lines.map((line) => ({ ...questionOf(line), gold: ownGold(line, folder, commits) })),
  };
}

/** The sets of a folder with histories, made into repositories by the program beside them. */
export function* setsOf(histories: string, into: string): Generator<HistorySet> {
  for (const file of readdirSync(histories).sort()) {
    const name = /^(.*)\.questions\.jsonl$/.exec(file)?.[1];
    if (name === undefined) continue;
    const packed = join(histories, `${name}.jsonl.gz`);
    const folder = join(into, name);
    mkdirSync(folder);
    const made = spawnSync(process.execPath, [join(histories, "make-repo.mjs"), packed, folder]);
    if (made.status !== 0) throw new Error(`${name}: ${made.stderr.toString()}`);
    const told = gunzipSync(readFileSync(packed)).toString().trim().split("\n");
    const known = told.map((line) => JSON.parse(line) as { n: number; hash: string; at: number });
    const byNumber = new Map(known.map(({ n, hash }) => [n, hash]));
    const lines = readLines<HistoryLine>(join(histories, file));
    yield {
      ...{ name, folder },
      commits: new Map(known.map(({ hash, at }) => [hash, { hash, at }])),
      questions: lines.map((line) => ({
        ...questionOf(line),
        gold: new Map(line.gold.map(({ n, grade }) => [byNumber.get(n) ?? "", grade])),
      })),
    };
  }
}

function questionOf(line: Line): Omit<Question, "gold"> {
  const { id, category, question, earlier, at, kind, latest = false } = line;
  return {
    ...{ id, category, question, kind, latest, at: Date.parse(at) },
    ...(earlier === undefined ? {} : { earlier }),
  };
}

/** Grades of our own questions: of a list with the newest first, the newest ten are the answer. */
function ownGold(
  { gold, of, latest }: OwnLine,
  folder: string,
  commits: ReadonlyMap<string, Commit>,
): Map<string, number> {
  if (gold !== undefined) {
    const whole = (short: string) => [...commits.keys()].find((hash) => hash.startsWith(short));
    return new Map(gold.map((short) => [whole(short) ?? short, 3]));
  }
  if (of === undefined) return new Map();
  const found =
    of.path !== undefined || of.added !== undefined
      ? need(
          git(
            folder,
            ...["log", "--full-history", "--no-merges", "--format=%H"],
            ...(of.added === undefined ? [] : ["--diff-filter=A"]),
            ...["HEAD", "--", of.path ?? of.added ?? ""],
          ),
        )
          .trim()
          .split("\n")
      : [...commits.values()]
          .filter(({ at }) => at >= Date.parse(of.since ?? "") && at < Date.parse(of.before ?? ""))
          .map(({ hash }) => hash);
  const newest = found.sort((a, b) => (commits.get(b)?.at ?? 0) - (commits.get(a)?.at ?? 0));
  return new Map(newest.map((hash, place) => [hash, latest && place >= 10 ? 1 : 3]));
}

function commitsOf(folder: string): Map<string, Commit> {
  const lines = need(git(folder, "log", "--format=%H %at", "HEAD"))
    .trim()
    .split("\n");
  return new Map(
    lines.map((line) => {
      const [hash = "", seconds] = line.split(" ");
      return [hash, { hash, at: Number(seconds) * 1000 }];
    }),
  );
}

function readLines<T>(path: string): T[] {
  if (!existsSync(path)) throw new Error(`${path} is not there`);
  const lines = readFileSync(path, "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as T);
}

function git(folder: string, ...args: string[]): string | undefined {
  const { status, stdout } = spawnSync("git", args, {
    ...{ cwd: folder, encoding: "utf8", maxBuffer: 256 * 1024 * 1024 },
    env: { ...process.env, TZ: "UTC" },
  });
  return status === 0 ? stdout : undefined;
}

function need(output: string | undefined): string {
  if (output === undefined) throw new Error("git failed");
  return output;
}
