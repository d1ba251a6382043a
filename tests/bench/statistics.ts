/** The value that a share of the values, from 0 to 1, does not exceed; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
}

/** How long something took, in milliseconds. */
export interface Times {
  /** Over the things done, each by the median of its times: a busy machine hardly shows. */
  p50: number;
  p95: number;
  /** The longest of them: nothing else has its turn meanwhile. */
  longest: number;
  /** Over all times, pauses included. */
  p99: number;
}

/** Of some things, each done several times or never. */
export function times(samples: readonly (readonly number[])[]): Times {
  const done = samples.filter((values) => values.length > 0);
  const typical = done.map((values) => quantile(values, 0.5));
  return {
    p50: quantile(typical, 0.5),
    p95: quantile(typical, 0.95),
    longest: quantile(typical, 1),
    p99: quantile(done.flat(), 0.99),
  };
}
