/**
 * What a ranking is worth, for one question at a time: recall, reciprocal rank and nDCG.
 *
 * A grade says how well a memory answers: 3 it is the answer, 2 it answers a part or one of
 * several, 1 it touches on it, 0 it does not. Recall and reciprocal rank count grades from 2 on,
 * unless a question has none that high; nDCG weighs all grades.
 */

/** How many results are looked at. */
export const DEPTH = 10;

/** From this grade on a memory answers a question. */
const ANSWERS = 2;

/** Names of the measures, in the order they are shown. */
export const MEASURES = ["recall@1", "recall@5", "recall@10", "MRR@10", "nDCG@10"] as const;

export type Measure = (typeof MEASURES)[number];

/** The value of each measure, from 0 to 1. */
export type Figures = Record<Measure, number>;

/**
 * The figures of one question: `found` are the grades of the results, best rank first, and
 * `judged` those of all memories that were judged for it, in no order.
 */
export function figuresOf(found: readonly number[], judged: readonly number[]): Figures {
  const threshold = judged.some((grade) => grade >= ANSWERS) ? ANSWERS : 1;
  const answers = judged.filter((grade) => grade >= threshold).length;
  if (answers === 0) throw new Error("a question without an answer measures nothing");
  const recall = (depth: number) =>
    found.slice(0, depth).filter((grade) => grade >= threshold).length / Math.min(depth, answers);
  const first = found.slice(0, DEPTH).findIndex((grade) => grade >= threshold);
  const ideal = [...judged].sort((a, b) => b - a);
  return {
    "recall@1": recall(1),
    "recall@5": recall(5),
    "recall@10": recall(10),
    "MRR@10": first < 0 ? 0 : 1 / (first + 1),
    "nDCG@10": discountedGain(found) / discountedGain(ideal),
  };
}

/**
 * Discounted cumulative gain of the first results with the gain 2^grade − 1, as in "Learning to
 * rank using gradient descent" (ICML 2005), which counts a full answer far above a related memory.
 */
function discountedGain(grades: readonly number[]): number {
  return grades
    .slice(0, DEPTH)
    .reduce((sum, grade, index) => sum + (2 ** grade - 1) / Math.log2(index + 2), 0);
}

/** The mean of each measure; 0 of nothing. */
export function mean(all: readonly Figures[]): Figures {
  return byMeasure((measure) => average(all.map((figures) => figures[measure])));
}

/** Figures made by calling `value` for each measure. */
export function byMeasure<Value>(value: (measure: Measure) => Value): Record<Measure, Value> {
  return {
    "recall@1": value("recall@1"),
    "recall@5": value("recall@5"),
    "recall@10": value("recall@10"),
    "MRR@10": value("MRR@10"),
    "nDCG@10": value("nDCG@10"),
  };
}

export function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
