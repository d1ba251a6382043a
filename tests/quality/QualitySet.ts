/** Memories, questions about them, and which memories answer which question. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { NewRecord, ObservationType } from "recollect-wasm";

export type Grade = 1 | 2 | 3;

export interface Question {
  text: string;
  /** What kind of question it is, such as `why` or `typo`; figures are also shown by it. */
  style: string;
  /** Whether its last word is still being typed. */
  isPrefix?: boolean;
  /** Grades by the key of a memory; all others have 0. */
  grades: Record<string, Grade>;
}

/** One thing to remember, under the key that grades name it by. */
export interface KeyedRecord {
  key: string;
  record: NewRecord;
}

export interface QualitySet {
  name: string;
  /** One line for readers. */
  about: string;
  /** The time of all searches, Unix milliseconds. */
  now: number;
  records: KeyedRecord[];
  questions: Question[];
  /** Changes with whatever makes figures incomparable. */
  digest: string;
}

export const HALVES = ["tune", "report"] as const;

/** Weights are chosen by the `tune` half; what a reader is told comes from the `report` half. */
export type Half = (typeof HALVES)[number];

/** The half of a question, by a hash of its text: the same wherever it stands in the set. */
export function halfOf(question: Question): Half {
  return Number.parseInt(digestOf(question.text).slice(0, 8), 16) % 2 === 0 ? "tune" : "report";
}

export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

export const NOW = 1_790_000_000_000;
const MINUTE = 60_000;
/** Over how many minutes before `NOW` the memories of a hand-written set are spread: 180 days. */
const SPREAD_MINUTES = 180 * 24 * 60;

/** A line of `sets/*.memories.jsonl`; what is absent does not apply to the kind. */
interface MemoryLine {
  id: string;
  project: string;
  /** `observation` unless told. */
  kind?: "observation" | "prompt" | "summary";
  type?: ObservationType;
  title?: string;
  narrative?: string;
  text?: string;
  request?: string;
  investigated?: string;
  learned?: string;
  completed?: string;
  nextSteps?: string;
  facts?: string[];
  concepts?: string[];
  files?: string[];
}

/** Reads a hand-written set from `sets/`. */
export function readSet(name: string, about: string): QualitySet {
  const memories = readSetFile(`${name}.memories.jsonl`);
  const questions = readSetFile(`${name}.questions.jsonl`);
  const set: QualitySet = {
    name,
    about,
    now: NOW,
    // The files are ours, and what does not fit is refused by the module or just below.
    records: readLines(memories).map((line, index) => keyedRecord(line as MemoryLine, index)),
    questions: readLines(questions) as Question[],
    digest: digestOf(memories + questions),
  };
  checkSet(set);
  return set;
}

/** Fails if a question is there twice, has no answer, or names a memory that is not there. */
export function checkSet({ name, records, questions }: QualitySet): void {
  const keys = new Set(records.map(({ key }) => key));
  if (keys.size !== records.length) throw new Error(`${name}: two memories share a key`);
  const texts = new Set<string>();
  for (const { text, grades } of questions) {
    const entries = Object.entries(grades);
    const isSound = entries.every(([key, grade]) => keys.has(key) && [1, 2, 3].includes(grade));
    if (entries.length === 0 || !isSound) throw new Error(`${name}: the grades of ${text}`);
    if (texts.has(text)) throw new Error(`${name}: asked twice: ${text}`);
    texts.add(text);
  }
}

/** The text of a file in `sets/`. */
export function readSetFile(name: string): string {
  // A clone may have been made with other line ends.
  return readFileSync(join(import.meta.dirname, "sets", name), "utf8").replaceAll("\r\n", "\n");
}

/** Lines of JSON. */
export function readLines(text: string): unknown[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as unknown);
}

function keyedRecord(line: MemoryLine, index: number): KeyedRecord {
  const { id, project, kind = "observation", type, files = [], text = "", ...told } = line;
  const { title = "", narrative, ...parts } = told;
  const origin = {
    project: { id: `example.org/quality/${project}`, name: project },
    provenance: "user",
  } as const;
  const at = ageless(id);
  if (kind === "prompt") return { key: id, record: { kind, origin, at, number: index + 1, text } };
  if (kind === "summary") return { key: id, record: { kind, origin, at, files, ...parts } };
  const { facts = [], concepts = [] } = parts;
  return {
    key: id,
    record: {
      ...{ kind, origin, at, type: type ?? "discovery", title, facts, concepts },
      ...(narrative === undefined ? {} : { narrative }),
      filesModified: files,
    },
  };
}

/** A time by the key alone, so that age says nothing about what answers a question. */
function ageless(key: string): number {
  return NOW - MINUTE * (1 + (Number.parseInt(digestOf(key).slice(0, 8), 16) % SPREAD_MINUTES));
}
