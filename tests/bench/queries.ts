/**
 * Questions from a seed against the generator's vocabulary: the same for every size of store.
 */
import { NOW, rows, type Row } from "./corpus.js";
import { Random, identifier, shuffled, word } from "./generator.js";

/** Most hits of every search. */
export const LIMIT = 20;

const SEED = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

/** What kind of question it is; times are reported for each. */
export const CLASSES = [
  "one common word",
  "one less common word",
  "one rare word",
  "two words, both",
  "two words, either",
  "phrase",
  "prefix",
  "with a project",
  "with a type",
  "with a time",
] as const;

export type QueryClass = (typeof CLASSES)[number];

/** The classes whose questions also ask for a property of the memory. */
export const FILTERED: readonly QueryClass[] = ["with a project", "with a type", "with a time"];

/** A question, in no engine's language. */
export interface Query {
  class: QueryClass;
  /** One or two words of letters and digits, or an identifier. */
  words: string[];
  /** How the words belong together; a prefix is of its only word. */
  operator: "or" | "and" | "phrase" | "prefix";
  /** Id of the project. */
  project?: string;
  type?: string;
  /** Unix milliseconds; at this time or later. */
  since?: number;
}

/** How many of each class; 200 together. */
const COUNTS: Record<QueryClass, number> = {
  "one common word": 25,
  "one less common word": 25,
  "one rare word": 25,
  "two words, both": 25,
  "two words, either": 25,
  phrase: 20,
  prefix: 20,
  "with a project": 15,
  "with a type": 10,
  "with a time": 10,
};

/** All questions, the classes mixed. */
export function queries(): Query[] {
  const random = new Random(SEED);
  // Phrases stand in memories that every size of store has.
  const memories = rows(1_000);
  const made = CLASSES.flatMap((name) =>
    Array.from({ length: COUNTS[name] }, () => make(name, random, memories)),
  );
  return shuffled(made, random);
}

function make(name: QueryClass, random: Random, memories: readonly Row[]): Query {
  // In 6 to 50 of 100 memories, in 1 to 6, and in fewer.
  const common = () => word(5 + random.below(95));
  const lessCommon = () => word(100 + random.below(900));
  const rare = () => word(1_000 + random.below(9_000));
  const either = (): Query => ({ class: name, words: [common(), lessCommon()], operator: "or" });
  switch (name) {
    case "one common word":
      return { class: name, words: [common()], operator: "or" };
    case "one less common word":
      return { class: name, words: [lessCommon()], operator: "or" };
    case "one rare word": {
      const isIdentifier = random.next() < 0.3;
      const text = isIdentifier ? identifier(20 + random.below(2_000)) : rare();
      return { class: name, words: [text], operator: "or" };
    }
    case "two words, both":
      return { class: name, words: [common(), lessCommon()], operator: "and" };
    case "two words, either":
      return either();
    case "phrase":
      return { class: name, words: neighbours(random, memories), operator: "phrase" };
    case "prefix":
      return {
        class: name,
        words: [lessCommon().slice(0, 3 + random.below(3))],
        operator: "prefix",
      };
    case "with a project":
      return { ...either(), project: random.pick(memories).project };
    case "with a type":
      return { ...either(), type: random.pick(memories).type };
    case "with a time":
      return { ...either(), since: NOW - (7 + random.below(120)) * DAY_MS };
  }
}

/** Two words that follow each other in some memory. */
function neighbours(random: Random, memories: readonly Row[]): string[] {
  for (;;) {
    const pairs = random.pick(memories).narrative.match(/\b[a-z]+ [a-z]+(?= )/g) ?? [];
    if (pairs.length > 0) return random.pick(pairs).split(" ");
  }
}
