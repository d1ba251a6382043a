/** Asks all questions of a set. */
import { Haystack } from "./Haystack.js";
import { DEPTH, figuresOf, type Figures } from "./measures.js";
import { halfOf, readSet, type Half, type QualitySet, type Question } from "./QualitySet.js";
import { readHistory } from "./history.js";

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
  ];
  const history = readHistory();
  if ("reason" in history) return { sets, missing: new Map([["history", history.reason]]) };
  return { sets: [...sets, history], missing: new Map() };
}

export async function measureSet(set: QualitySet): Promise<Measured> {
  const haystack = await Haystack.fill(set);
  const answers = set.questions.map((question): Answer => {
    const keys = haystack.search(question).map(([key]) => key);
    const found = keys.map((key) => question.grades[key] ?? 0);
    const figures = figuresOf(found, Object.values(question.grades));
    return { question, half: halfOf(question), keys, found: found.slice(0, DEPTH), figures };
  });
  haystack.free();
  return { set, answers };
}
