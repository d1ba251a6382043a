/** Values for the fields of endpoints: how right ones are drawn, and what is wrong. */

/** What is there to be asked for by its id. */
export interface Known {
  /** Number of a session, an observation and a prompt. */
  readonly session: number;
  readonly observation: number;
  readonly prompt: number;
  /** Key of a session of OpenMemory that goes on. */
  readonly key: string;
  /** Id of a memory, and of one that nothing else asks for. */
  readonly memory: string;
  readonly spare: string;
}

/** A field: how a right value is drawn, and what is wrong for it. */
export interface Field {
  readonly right: (draw: Draw, known: Known) => unknown;
  readonly wrong: readonly unknown[];
  readonly isRequired?: boolean;
  /** How a refusal calls it, if not by its name. */
  readonly says?: string;
}

/** Random values; the same seed gives the same ones. */
export class Draw {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0 || 1;
  }

  /** A whole number from 0 to below `end`. */
  below(end: number): number {
    // xorshift32, of G. Marsaglia, "Xorshift RNGs", 2003.
    this.#state ^= this.#state << 13;
    this.#state >>>= 0;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    this.#state >>>= 0;
    return this.#state % end;
  }

  of<Value>(values: readonly Value[]): Value {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error("nothing to draw from");
    return value;
  }
}

const WORDS = [
  "kettle",
  "<private>x</private>",
  "ключ",
  "日本",
  "\u0000",
  "' OR 1",
  '"',
  "a*",
  "-b",
  "\ud800",
  "🫖",
  "\n",
];

const words = (draw: Draw): string =>
  `w${Array.from({ length: draw.below(6) }, () => draw.of(WORDS)).join(" ")}`;

export const text: Field = { right: words, wrong: [7, true, {}, ["a"]] };
export const needed: Field = { ...text, isRequired: true };
export const key: Field = {
  right: (draw) => `key ${draw.below(5)}`,
  wrong: [7, true, {}, ["a"], "  ", "x".repeat(600)],
};
export const neededKey: Field = { ...key, isRequired: true };
export const anything: Field = {
  right: (draw) => draw.of([null, 7, "a", { b: [1, { c: words(draw) }] }]),
  wrong: [],
};
export const object: Field = {
  right: (draw) => ({ [words(draw)]: draw.of([1, "a", null, [true]]) }),
  wrong: ["a", 7, []],
};
export const number = (min: number, max: number): Field => ({
  right: (draw) => min + draw.below(max - min + 1),
  wrong: [min - 1, min + 0.5, "7", {}, true],
});
export const parameter = (min: number, max: number): Field => ({
  right: (draw) => String(min + draw.below(max - min + 1)),
  wrong: [String(min - 1), "abc", "1.5", "1e2", "0x10"],
});
export const name: Field = { right: (draw) => `name ${draw.below(3)}`, wrong: ["   "] };
export const listed = (values: readonly string[]): Field => ({
  right: (draw) => draw.of(values),
  wrong: ["other", "index,full"],
});
export const time: Field = {
  right: (draw) =>
    draw.of(["2026-01-31", "2026-01-31T10:00:00Z", "1767225600000", "2026-01-31 10:00"]),
  wrong: ["soon", "2026-02-30", "2026", "-1"],
};
export const labels: Field = { right: (draw) => [words(draw).slice(0, 20)], wrong: ["a", 7, [7]] };
export const query: Field = { right: words, wrong: [] };

export const boolean: Field = {
  right: (draw) => draw.below(2) === 0,
  wrong: ["true", 1, {}],
};

/** A number from 0 to 1. */
export const share: Field = {
  right: (draw) => draw.below(11) / 10,
  wrong: [-0.1, 1.1, "1", {}],
};

/** A branch of the repository that is open. */
export const branch: Field = {
  right: (draw) => draw.of(["main", "side"]),
  wrong: [7, {}, "", "-", "--force", "a..b", "a b", "nowhere"],
  isRequired: true,
};

/** What OpenMemory narrows a query down with. */
export const filters: Field = {
  right: (draw) => ({ min_score: draw.below(11) / 10, sectors: ["semantic", "episodic"] }),
  wrong: ["a", 7, []],
};

/** A session that is known. */
export const sessionKey: Field = {
  right: (_, known) => known.key,
  wrong: [" ", "x".repeat(600), "nobody's"],
  isRequired: true,
};

/** A session that may be one that nobody knows. */
export const anySession: Field = {
  right: (draw, known) => draw.of([known.key, "nobody's"]),
  wrong: [" ", "x".repeat(600)],
  isRequired: true,
};

/** Records' numbers, also of records that are none. */
export const numbers: Field = {
  right: (draw, known) =>
    draw.of([[known.observation, known.prompt, 7], [], String(known.session)]),
  wrong: [7, {}, ["a"], [-1], [1.5], "a,b", new Array(201).fill(1)],
  isRequired: true,
};

export const sessionName = { claudeSessionId: neededKey };
export const tool = {
  tool_name: neededKey,
  tool_input: anything,
  tool_response: anything,
  cwd: text,
};
export const page = { limit: parameter(1, 200), offset: parameter(0, 20) };

const NUMBERS = ["abc", "-1", "1.5", "1e3", "99999999999999999999", "7"];

/** A record's number in the path. */
export const recordNumber = (of: "session" | "observation" | "prompt", says = "id"): Field => ({
  isRequired: true,
  right: (_, known) => known[of],
  wrong: NUMBERS,
  says,
});

/** A memory's id in the path. */
export const memoryId = (of: "memory" | "spare"): Field => ({
  isRequired: true,
  right: (_, known) => known[of],
  wrong: ["x", "' OR 1", "7", "019a0000-0000-7000-8000-000000000000"],
});

/** A key of one's own in the path. */
export const place = (says: string): Field => ({
  isRequired: true,
  right: (draw) => `place ${draw.below(3)}/ключ`,
  wrong: [" ", "x".repeat(600)],
  says,
});
