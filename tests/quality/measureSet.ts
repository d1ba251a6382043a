/** Asks all questions of a set. */
import { Haystack, type Embed } from "./Haystack.js";
import { DEPTH, figuresOf, type Figures } from "./measures.js";
import { halfOf, readSet, type Half, type QualitySet, type Question } from "./QualitySet.js";
import { readHistory, readParaphrasedHistory } from "./history.js";
import { readWorkdays } from "./workdays.js";

/** How one question was answered. */
export interface Answer {
  question: Question;
  half: Half;
  /** Keys of the memories that were found, best first. */
  keys: string[];
  /** Their grades. */
  found: number[];
  figures: Figures;
}

export interface Measured {
  set: QualitySet;
  answers: Answer[];
}

/** The sets that are there, and why others are not. */
export function readSets(): { sets: QualitySet[]; missing: Map<string, string> } {
  const sets = [
    readSet("developer", "what developers ask in words of their own → memories of 20 projects"),
    readSet("identifiers", "names, paths, versions and error codes, whole, in part or misspelt"),
    readWorkdays("questions", "workdays", "what a developer asks later → turns of 30 working days"),
    readWorkdays("paraphrases", "retold", "turns of those days in none of their words"),
  ];
  const missing = new Map<string, string>();
  for (const [name, read] of [
    ["history", readHistory],
    ["rephrased", readParaphrasedHistory],
  ] as const) {
    const set = read();
    if ("reason" in set) missing.set(name, set.reason);
    else sets.push(set);
  }
  return { sets, missing };
}

/** What is added to the name of a set that is searched without the table of word vectors. */
const BY_WORDS = ", by words";

/** A set as it is searched with the table of word vectors, and without. */
export async function measureBoth(set: QualitySet): Promise<Measured[]> {
  const byWords = { ...set, name: `${set.name}${BY_WORDS}` };
  return [await measureSet(set), await measureSet(byWords, false)];
}

export async function measureSet(
  set: QualitySet,
  isByMeaning = true,
  embed?: Embed,
): Promise<Measured> {
  const haystack = await Haystack.fill(set, isByMeaning, embed);
  const answers = set.questions.map((question): Answer => {
    const keys = haystack.search(question).map(([key]) => key);
    const found = keys.map((key) => question.grades[key] ?? 0);
    const figures = figuresOf(found, Object.values(question.grades));
    return { question, half: halfOf(question), keys, found: found.slice(0, DEPTH), figures };
  });
  haystack.free();
  return { set, answers };
}
