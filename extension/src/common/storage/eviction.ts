import type { Stats } from "recollect-wasm";

/** What is noted about a store in a place that does not vanish with it. */
export interface Keepsake {
  /** Address of the store: the same notes may be seen from several machines. */
  readonly storeId: string;
  /** Memories that were there. */
  readonly count: number;
}

/**
 * How many memories have vanished since something was noted about this store: its files are gone,
 * which forgetting never does. 0 if nothing points to it.
 */
export function vanished(kept: unknown, storeId: string, stats: Pick<Stats, "segments">): number {
  const keepsake = keepsakeIn(kept);
  return keepsake?.storeId === storeId && stats.segments === 0 ? keepsake.count : 0;
}

function keepsakeIn(value: unknown): Keepsake | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { storeId, count } = value as Partial<Record<string, unknown>>;
  return typeof storeId === "string" && typeof count === "number" ? { storeId, count } : undefined;
}
