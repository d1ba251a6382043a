import type { HalfLives } from "recollect-wasm";

/** Days until a memory of each sector that nobody uses is half as salient, unless told: those of the module. */
export const HALF_LIFE_DAYS = {
  episodic: 46,
  semantic: 139,
  procedural: 87,
  emotional: 35,
  reflective: 693,
} as const satisfies Required<HalfLives>;

/** What the module takes. */
export const HALF_LIFE_RANGE_DAYS = { min: 1, max: 3_650 } as const;

/**
 * Half-lives of what a user set for each sector, which can be any value.
 *
 * What is no number counts as not set; what is out of range is moved into it.
 */
export function halfLivesOf(setting: (sector: keyof HalfLives) => unknown): HalfLives {
  const { min, max } = HALF_LIFE_RANGE_DAYS;
  const days = (sector: keyof HalfLives): number => {
    const value = setting(sector);
    if (typeof value !== "number" || Number.isNaN(value)) return HALF_LIFE_DAYS[sector];
    return Math.min(max, Math.max(min, value));
  };
  return {
    episodic: days("episodic"),
    semantic: days("semantic"),
    procedural: days("procedural"),
    emotional: days("emotional"),
    reflective: days("reflective"),
  };
}
