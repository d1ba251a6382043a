/**
 * How far a mean over questions moves by itself, by bootstrap: the questions are drawn again and
 * again with replacement, as if others of their kind had been written.
 *
 * From "An Introduction to the Bootstrap" (Efron and Tibshirani, 1993): the percentile interval.
 */
import { Random } from "../bench/generator.js";
import { average } from "./measures.js";

const RESAMPLES = 2_000;

/** Share of the resamples that must agree before a difference counts. */
export const CONFIDENCE = 0.975;

/** Half the width of the 95 % interval of the mean of `values`. */
export function halfWidth(values: readonly number[]): number {
  const means = resampledMeans(values).sort((a, b) => a - b);
  const at = (share: number) => means[Math.round(share * (means.length - 1))] ?? 0;
  return (at(CONFIDENCE) - at(1 - CONFIDENCE)) / 2;
}

/**
 * Whether `now` is lower than `before` beyond noise. Both stand in the order of the same
 * questions, and what is drawn are the differences: questions that have always been hard hide
 * nothing. About four questions of a hundred that get worse while none gets better are enough.
 */
export function isDrop(before: readonly number[], now: readonly number[]): boolean {
  return isBeyondNoise(now.map((value, index) => (before[index] ?? 0) - value));
}

function isBeyondNoise(losses: readonly number[]): boolean {
  if (average(losses) <= 0) return false;
  const means = resampledMeans(losses);
  return means.filter((loss) => loss > 0).length >= CONFIDENCE * means.length;
}

function resampledMeans(values: readonly number[]): number[] {
  // The same numbers are drawn each time, so that a verdict never changes by itself.
  const random = new Random(1);
  return Array.from({ length: RESAMPLES }, () =>
    average(values.map(() => values[random.below(values.length)] ?? 0)),
  );
}
