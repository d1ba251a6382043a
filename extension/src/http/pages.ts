import type { Fields, IntegerRange } from "./Fields.js";

/** Most items in one answer: more is taken as this. */
export const MAX_ITEMS = 200;

/** Items of a page or a search. */
export const PAGE: IntegerRange = { min: 1, max: MAX_ITEMS, byDefault: 20, isCapped: true };

const MAX_OFFSET = 1_000_000_000;

/** Items to leave out before the first. */
export function offsetOf(fields: Fields): number {
  return fields.integer("offset", { min: 0, max: MAX_OFFSET, byDefault: 0 });
}
