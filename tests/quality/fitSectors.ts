/**
 * Fits the weights by which the core tells the sector of a text, and writes them into its source:
 * `npm run quality -- --fit-sectors`.
 *
 * Multinomial logistic regression with an L2 penalty, on the half of `sectors.jsonl` that is called
 * `tune`. What a text has in it is asked of the core itself (`examples/sector_features.rs`). Most
 * pairs say little: those whose weights are the largest stay, share a few weight vectors (k-means)
 * and everything is fitted to whole numbers of a byte. The same set gives the same file.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { SECTORS, readLabelled, type Labelled } from "./sectorSet.js";

const ROOT = join(import.meta.dirname, "../..");
const WEIGHTS = join(ROOT, "crates/recollect-core/src/weigh/sector/weights.rs");

/** Parts of a nat that weights are rounded to; `NAT` in the core. */
const PARTS = 16;
/** Strength of the penalty, per text. */
const PENALTY = 1 / 0.6;
/** A pair in fewer texts says nothing. */
const LEAST_TEXTS = 3;
/** Pairs that stay; the core's table has 1,024 slots. */
const MOST_PAIRS = 850;
/** Weight vectors that the pairs share. */
const VECTORS = 100;
const STEPS = 400;
const FOLDS = 5;
/** Rounds of k-means. */
const ROUNDS = 30;
const SIZE = SECTORS.length;

/** What the words do not tell the sector of, as other languages, counts as a plain statement. */
const NEUTRAL: readonly string[] = [
  // What stays of a text without words.
  ...new Array<string>(8).fill(""),
  "xyz",
  "abc def",
  "Lorem ipsum dolor sit amet",
  "foo",
  "foo.bar",
  "Module",
  "src/app/main.ts",
  "12",
  "Title",
  "Der Server steht in Frankfurt und hat zwei Netzteile.",
  "Gestern ist der Bau zweimal fehlgeschlagen",
  "Bitte vor dem Einspielen die Tests laufen lassen.",
  "Le module de paiement ne prend que des euros.",
  "Les journaux sont dans le dossier commun",
  "La cola guarda los mensajes durante siete días.",
  "El servidor de correo está en otra red",
  "Il registro contiene tutte le fatture.",
  "De tabel heeft vier kolommen en een index.",
  "Serwer działa na porcie 8080",
  "сервер хранит данные в одной таблице",
  "キャッシュは一時間で切れる",
  "缓存在一小时后过期。",
  "Databasen har to replikaer.",
];

/** Weights of all features side by side, five a feature, the bias last. */
type Weights = Float64Array;

interface Example {
  /** Places of the features in the list of those that are fitted. */
  features: Int32Array;
  sector: number;
}

/** Fits on the whole half and writes; first tells how right cross-validation is. */
export function fitSectors(): void {
  const tune = readLabelled().filter(({ half }) => half === "tune");
  const neutral = NEUTRAL.map((text) => ({ text, primary: "semantic" }) as const);
  const set: readonly Pick<Labelled, "text" | "primary">[] = [...tune, ...neutral];
  const { classes, found } = featuresOf(set);
  const sectors = set.map(({ primary }) => SECTORS.indexOf(primary));
  let right = 0;
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const isHeldOut = (place: number) => place % FOLDS === fold;
    const places = set.map((_, place) => place);
    const model = fit(
      classes,
      places.filter((place) => !isHeldOut(place)).map((place) => found[place] ?? []),
      sectors.filter((_, place) => !isHeldOut(place)),
    );
    for (const place of places.filter(isHeldOut)) {
      if (best(model, found[place] ?? []) === sectors[place]) right += 1;
    }
  }
  console.log(
    `held out: ${right} of ${set.length} right, ${((100 * right) / set.length).toFixed(1)} %`,
  );
  const model = fit(classes, found, sectors);
  const own = found.filter((features, place) => best(model, features) === sectors[place]).length;
  console.log(`fitted: ${own} right, ${model.pairs.size} pairs`);
  writeFileSync(WEIGHTS, source(model));
}

function featuresOf(set: readonly { text: string }[]): { classes: number; found: number[][] } {
  const printed = execFileSync(
    "cargo",
    ["run", "--quiet", "-p", "recollect-core", "--example", "sector_features"],
    {
      cwd: ROOT,
      encoding: "utf8",
      input: set.map(({ text }) => `${JSON.stringify(text)}\n`).join(""),
      maxBuffer: 1 << 28,
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  const [classes = "", ...lines] = printed.trim().split("\n");
  // The example prints lists of numbers.
  return { classes: Number(classes), found: lines.map((line) => JSON.parse(line) as number[]) };
}

/** What the core knows: whole numbers, in parts of a nat. */
interface Model {
  bias: number[];
  /** By class. */
  classes: number[][];
  /** Shared vectors; the first is of nothing. */
  vectors: number[][];
  /** Place among the vectors, by pair. */
  pairs: Map<number, number>;
}

function fit(classes: number, found: readonly number[][], sectors: readonly number[]): Model {
  const all = regress(frequent(classes, found), found, sectors);
  const strength = (feature: number) => Math.hypot(...(all.get(feature) ?? []));
  const kept = [...all.keys()]
    .filter((feature) => feature >= classes)
    .sort((one, other) => strength(other) - strength(one) || one - other)
    .slice(0, MOST_PAIRS);
  const list = Array.from({ length: classes }, (_, place) => place);
  const fitted = regress([...list, ...kept.sort((one, other) => one - other)], found, sectors);
  const rounded = (vector: readonly number[]) =>
    vector.map((weight) => Math.max(-127, Math.min(127, Math.round(weight * PARTS))));
  const vectors = cluster(kept.map((feature) => fitted.get(feature) ?? []));
  const centres = [new Array<number>(SIZE).fill(0), ...vectors.centres.map(rounded)];
  return {
    bias: (fitted.get(-1) ?? []).map((weight) => Math.round(weight * PARTS)),
    classes: list.map((place) => rounded(fitted.get(place) ?? [])),
    vectors: centres,
    pairs: new Map(kept.map((feature, place) => [feature, (vectors.of[place] ?? 0) + 1])),
  };
}

/** The classes, and the pairs that stand in enough texts. */
function frequent(classes: number, found: readonly number[][]): number[] {
  const texts = new Map<number, number>();
  for (const features of found) {
    for (const feature of new Set(features)) texts.set(feature, (texts.get(feature) ?? 0) + 1);
  }
  return [...texts]
    .filter(([feature, count]) => feature < classes || count >= LEAST_TEXTS)
    .map(([feature]) => feature)
    .sort((one, other) => one - other);
}

/** Weights in nats by feature, those of the bias by -1. */
function regress(
  list: readonly number[],
  found: readonly number[][],
  sectors: readonly number[],
): Map<number, number[]> {
  const places = new Map(list.map((feature, place) => [feature, place]));
  const examples = found.map((features, text): Example => {
    const known = features.flatMap((feature) => places.get(feature) ?? []);
    return { features: Int32Array.from([...known, list.length]), sector: sectors[text] ?? 0 };
  });
  const weights = minimise(examples, list.length + 1);
  const of = (place: number) => [...weights.subarray(place * SIZE, (place + 1) * SIZE)];
  return new Map([
    ...list.map((feature, place) => [feature, of(place)] as const),
    [-1, of(list.length)],
  ]);
}

/**
 * Gradient descent with Nesterov's momentum, which begins again where it would climb (O'Donoghue
 * and Candès, "Adaptive restart for accelerated gradient schemes", 2015).
 */
function minimise(examples: readonly Example[], count: number): Weights {
  const step = 1 / (PENALTY + curve(examples, count) / 2);
  let weights = new Float64Array(count * SIZE);
  let ahead = weights;
  let [momentum, before] = [1, Infinity];
  for (let round = 0; round < STEPS; round += 1) {
    const { loss, slope } = lossOf(examples, ahead);
    if (loss > before) momentum = 1;
    before = loss;
    const next = ahead.map((weight, place) => weight - step * at(slope, place));
    const faster = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const share = (momentum - 1) / faster;
    ahead = next.map((weight, place) => weight + share * (weight - at(weights, place)));
    weights = next;
    momentum = faster;
  }
  return weights;
}

/** The largest eigenvalue of the features' products, by power iteration. */
function curve(examples: readonly Example[], count: number): number {
  let vector = new Float64Array(count).fill(1 / Math.sqrt(count));
  let length = 0;
  for (let round = 0; round < 30; round += 1) {
    const next = new Float64Array(count);
    for (const { features } of examples) {
      let product = 0;
      for (const feature of features) product += at(vector, feature);
      for (const feature of features) add(next, feature, product);
    }
    length = Math.hypot(...next);
    vector = next.map((value) => value / length);
  }
  // What the iteration may still miss.
  return length * 1.05;
}

function lossOf(examples: readonly Example[], weights: Weights): { loss: number; slope: Weights } {
  const slope = weights.map((weight) => PENALTY * weight);
  let loss = weights.reduce((sum, weight) => sum + (PENALTY * weight * weight) / 2, 0);
  const scores = new Float64Array(SIZE);
  for (const { features, sector } of examples) {
    scores.fill(0);
    for (const feature of features) {
      for (let of = 0; of < SIZE; of += 1) add(scores, of, at(weights, feature * SIZE + of));
    }
    const top = Math.max(...scores);
    const total = scores.reduce((sum, score) => sum + Math.exp(score - top), 0);
    loss += Math.log(total) + top - at(scores, sector);
    for (let of = 0; of < SIZE; of += 1) {
      scores[of] = Math.exp(at(scores, of) - top) / total - (of === sector ? 1 : 0);
    }
    for (const feature of features) {
      for (let of = 0; of < SIZE; of += 1) add(slope, feature * SIZE + of, at(scores, of));
    }
  }
  return { loss, slope };
}

/** Lloyd's k-means, from centres that lie far apart. */
function cluster(vectors: readonly number[][]): { centres: number[][]; of: number[] } {
  let centres: number[][] = vectors.slice(0, 1);
  let nearest = vectors.map(() => Infinity);
  while (centres.length < Math.min(VECTORS, vectors.length)) {
    const newest = centres.at(-1) ?? [];
    nearest = nearest.map((before, place) => Math.min(before, distance(vectors[place], newest)));
    const farthest = nearest.indexOf(Math.max(...nearest));
    centres.push(vectors[farthest] ?? []);
  }
  let of: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    of = vectors.map((vector) => {
      const distances = centres.map((centre) => distance(vector, centre));
      return distances.indexOf(Math.min(...distances));
    });
    centres = centres.map((centre, place) => {
      const own = vectors.filter((_, vector) => of[vector] === place);
      const mean = (axis: number) =>
        own.reduce((sum, vector) => sum + at(vector, axis), 0) / own.length;
      return own.length === 0 ? centre : SECTORS.map((_, axis) => mean(axis));
    });
  }
  return { centres, of };
}

/** The squared distance of two points. */
function distance(one: readonly number[] = [], other: readonly number[]): number {
  return one.reduce((sum, value, axis) => sum + (value - at(other, axis)) ** 2, 0);
}

function at(list: ArrayLike<number>, place: number): number {
  return list[place] ?? 0;
}

function add(list: Float64Array | number[], place: number, value: number): void {
  list[place] = at(list, place) + value;
}

/** The sector that the core finds. */
function best(model: Model, features: readonly number[]): number {
  const sums = [...model.bias];
  for (const feature of features) {
    const vector = model.classes[feature] ?? model.vectors[model.pairs.get(feature) ?? 0];
    for (const [place, weight] of (vector ?? []).entries()) add(sums, place, weight);
  }
  return sums.indexOf(Math.max(...sums));
}

function source({ bias, classes, vectors, pairs }: Model): string {
  const rows = (items: readonly string[]) => {
    const starts = items.flatMap((_, place) => (place % 5 === 0 ? [place] : []));
    return starts.map((start) => `    ${items.slice(start, start + 5).join(" ")}\n`).join("");
  };
  const row = (vector: readonly number[]) => `[${vector.join(", ")}],`;
  const pair = ([feature, place]: [number, number]) => `(${feature}, ${place}),`;
  return `\
//! Weights of sectors. Generated by \`npm run quality -- --fit-sectors\`: do not edit.

/// Of every text, by sector.
pub(super) const BIAS: [i16; ${SIZE}] = [${bias.join(", ")}];

/// By class and sector.
#[rustfmt::skip]
pub(super) static CLASS_WEIGHTS: [[i8; ${SIZE}]; ${classes.length}] = [
${rows(classes.map(row))}];

/// What pairs weigh, by sector; the first is of pairs that weigh nothing.
#[rustfmt::skip]
pub(super) static PAIR_WEIGHTS: [[i8; ${SIZE}]; ${vectors.length}] = [
${rows(vectors.map(row))}];

/// Pairs with their places in [\`PAIR_WEIGHTS\`].
#[rustfmt::skip]
pub(super) const PAIRS: &[(u32, u8)] = &[
${rows([...pairs].map(pair))}];
`;
}
