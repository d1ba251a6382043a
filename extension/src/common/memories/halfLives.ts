import type { HalfLives } from "recollect-wasm";

/** What the module takes, in days. */
export const HALF_LIFE_RANGE_DAYS = { min: 1, max: 3_650 } as const;

const SECTORS = ["episodic", "semantic", "procedural", "emotional", "reflective"] as const;

/**
 * Half-lives of what a user set for each sector, which can be any value.
 *
 * What is no number is left out, for which the module has its own; what is out of range is moved
 * into it.
 */
export function halfLivesOf(setting: (sector: keyof HalfLives) => unknown): HalfLives {
  const { min, max } = HALF_LIFE_RANGE_DAYS;
  const halfLives: HalfLives = {};
  for (const sector of SECTORS) {
    const value = setting(sector);
    if (typeof value !== "number" || Number.isNaN(value)) continue;
    halfLives[sector] = Math.min(max, Math.max(min, value));
  }
  return halfLives;
}
