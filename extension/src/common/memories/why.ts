import type { Localize } from "../Localize.js";
import { oneLine } from "../text/plainText.js";

// The languages that the extension speaks.
const REASONS =
  /\b(?:because|since|so that|due to|in order to|instead of|rather than|reason|why|weil|damit|denn|wegen|statt|grund|warum)\b|ので|から|ため|理由/iu;

/** Whether a text says a reason already, so that nobody need be asked for one. */
export function saysWhy(text: string): boolean {
  // What stands in a tag is no sentence.
  return REASONS.test(text.replace(/<[^<>]*>/g, " "));
}

/** A text with the reason that somebody gave for it. */
export function withWhy(text: string, why: string, l10n: Localize): string {
  const reason = why.trim();
  return reason === "" ? text : `${text}\n\n${l10n.t("Why: {0}", reason)}`;
}

/** Lines of a file, the first being 1. */
export interface SelectedLines {
  readonly file: string;
  readonly first: number;
  readonly last: number;
}

/** The title of selected lines: where they stand, and why they matter if that was said. */
export function selectionTitle({ file, first, last }: SelectedLines, why: string): string {
  const place = first === last ? `${file}:${first}` : `${file}:${first}–${last}`;
  const reason = oneLine(why, 120);
  return reason === "" ? place : `${place}: ${reason}`;
}
