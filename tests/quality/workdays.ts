/** Thirty invented working days of a developer with an assistant; each turn is a memory. */
import {
  checkSet,
  digestOf,
  type KeyedRecord,
  NOW,
  type QualitySet,
  type Question,
  readLines,
  readSetFile,
} from "./QualitySet.js";

/** A line of `sets/workdays.turns.jsonl`. */
interface Turn {
  id: string;
  session: string;
  /** From 1 to 30. */
  day: number;
  /** Of the day. */
  minute: number;
  who: "developer" | "assistant";
  text: string;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const DAYS = 30;
/** A title is the first sentence, unless that is longer. */
const TITLE_CHARS = 110;

/** The days with what is asked about them: the questions of `sets/workdays.<kind>.jsonl`. */
export function readWorkdays(kind: string, name: string, about: string): QualitySet {
  const turns = readSetFile("workdays.turns.jsonl");
  const questions = readSetFile(`workdays.${kind}.jsonl`);
  const set: QualitySet = {
    ...{ name, about, now: NOW },
    records: (readLines(turns) as Turn[]).map(recordOf),
    questions: readLines(questions) as Question[],
    digest: digestOf(turns + questions),
  };
  checkSet(set);
  return set;
}

function recordOf({ id, session, day, minute, who, text }: Turn): KeyedRecord {
  const origin = {
    project: { id: "example.org/quality/greenhouse", name: "greenhouse" },
    ...({ provenance: "user", session } as const),
  };
  const at = NOW - (DAYS + 1 - day) * DAY_MS - DAY_MS / 2 + minute * MINUTE_MS;
  if (who === "developer") {
    const number = Number(id.slice(id.lastIndexOf("-") + 1));
    return { key: id, record: { kind: "prompt", origin, at, number, text } };
  }
  return {
    key: id,
    record: {
      ...{ kind: "observation", origin, at, type: "discovery" },
      ...{ title: titleOf(text), narrative: text },
    },
  };
}

function titleOf(text: string): string {
  const sentence = /^[^.!?]{10,}[.!?]/.exec(text)?.[0] ?? text;
  return [...sentence].slice(0, TITLE_CHARS).join("");
}
