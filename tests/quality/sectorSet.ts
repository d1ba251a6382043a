/** The texts of developers with the sectors that a person would say. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Sector } from "recollect-wasm";

export const HALVES = ["tune", "report"] as const;
export const SECTORS = ["episodic", "semantic", "procedural", "emotional", "reflective"] as const;

/** A text with its sectors, the first of them apart. */
export interface Labelled {
  /** Weights are fitted to `tune`; of `report` whoever changes them sees only the totals. */
  half: SectorHalf;
  text: string;
  primary: Sector;
  others: Sector[];
}

/** Which part of the set a text is of. */
export type SectorHalf = (typeof HALVES)[number];

/** All texts of both halves. */
export function readLabelled(): Labelled[] {
  const lines = readFileSync(join(import.meta.dirname, "sectors.jsonl"), "utf8").trim();
  // A test of the core reads every line of it too.
  return lines.split("\n").map((line) => JSON.parse(line) as Labelled);
}
