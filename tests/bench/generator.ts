/**
 * Memories as developers leave them, made from a seed: the same seed gives the same memories.
 *
 * Words, identifiers and paths are drawn by Zipf's law, the n-th most common with a frequency
 * of 1/n, as in real text; a memory has about 600 characters.
 */
import type { NewRecord } from "recollect-wasm";

const WORDS = 20_000;
const IDENTIFIERS = 8_000;
const PATHS = 3_000;
const PROJECTS = 12;

const SYLLABLES =
  "al an ar ba be bo ca ce co da de di do el en er fa fi fo ga ge go ha he in ka ke la le li lo ma me mi mo na ne no or pa pe po ra re ri ro sa se si so ta te ti to ul un va ve vi wa we".split(
    " ",
  );

/** A small seeded generator of numbers (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  }
}

/** The items in an order drawn by `random`. */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const rest = [...items];
  return items.flatMap(() => rest.splice(random.below(rest.length), 1));
}

/** Ranks from 0, the n-th with a frequency of about 1/n. */
class Zipf {
  readonly #size: number;
  readonly #random: Random;

  constructor(size: number, random: Random) {
    this.#size = size;
    this.#random = random;
  }

  rank(): number {
    // The inverse of the logarithm, which the sum of 1/n follows closely.
    return Math.min(this.#size - 1, Math.floor(this.#size ** this.#random.next()) - 1);
  }
}

export class Generator {
  readonly #random: Random;
  readonly #word: Zipf;
  readonly #identifier: Zipf;
  readonly #path: Zipf;

  constructor(seed: number) {
    this.#random = new Random(seed);
    this.#word = new Zipf(WORDS, this.#random);
    this.#identifier = new Zipf(IDENTIFIERS, this.#random);
    this.#path = new Zipf(PATHS, this.#random);
  }

  /** An observation of some project at some time of the last two years before `now`. */
  memory(now: number): NewRecord {
    const project = Math.min(PROJECTS - 1, Math.floor(this.#random.next() ** 2 * PROJECTS));
    const age = Math.floor(this.#random.next() ** 2 * 730 * 24 * 60 * 60 * 1000);
    const files = Array.from({ length: 1 + this.#random.below(3) }, () => this.#aPath());
    return {
      kind: "observation",
      origin: {
        project: { id: `example.org/team/project-${project}`, name: `project-${project}` },
        provenance: "user",
      },
      at: now - age,
      type: this.#random.pick(["discovery", "decision", "bugfix", "feature", "refactor", "change"]),
      title: this.#sentence(4 + this.#random.below(6)),
      narrative: this.#story(460),
      concepts: [word(this.#word.rank() % 200)],
      filesModified: files,
    };
  }

  #story(characters: number): string {
    let story = "";
    while (story.length < characters) story += `${this.#sentence(8 + this.#random.below(10))} `;
    return story.trimEnd();
  }

  #sentence(words: number): string {
    const parts = Array.from({ length: words }, () => {
      const kind = this.#random.next();
      if (kind < 0.82) return word(this.#word.rank());
      return kind < 0.95 ? identifier(this.#identifier.rank()) : this.#aPath();
    });
    return `${parts.join(" ")}.`;
  }

  #aPath(): string {
    const rank = this.#path.rank();
    return `src/${word(rank % 40)}/${word(rank % 300)}/${identifier(rank)}.ts`;
  }
}

/** The word of a rank; no two ranks share one. */
export function word(rank: number): string {
  let text = "";
  for (let rest = rank + SYLLABLES.length; rest > 0; rest = Math.floor(rest / SYLLABLES.length))
    text += SYLLABLES[rest % SYLLABLES.length] ?? "";
  return text;
}

/** The identifier of a rank. */
export function identifier(rank: number): string {
  const [first, second] = [word(rank), word((rank * 7 + 3) % 500)];
  if (rank % 3 === 0) return `${first}_${second}`;
  const capitalised = second.charAt(0).toUpperCase() + second.slice(1);
  return rank % 3 === 1 ? first + capitalised : `${first}${capitalised}Error`;
}
