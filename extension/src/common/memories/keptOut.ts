import type { Localize } from "../Localize.js";

const REDACTED = /\[redacted:[\w-]+\]/g;
const PRIVATE = /<\s*private\b/gi;

/**
 * What of a text was not stored, in a sentence, or nothing if all of it was.
 *
 * Marks that somebody had typed himself stand in both texts.
 */
export function keptOutSentence(given: string, stored: string, l10n: Localize): string | undefined {
  const secrets = Math.max(0, count(stored, REDACTED) - count(given, REDACTED));
  const hidden = Math.max(0, count(given, PRIVATE) - count(stored, PRIVATE));
  const sentences = [
    ...(secrets === 0
      ? []
      : [
          secrets === 1
            ? l10n.t("One secret in it was replaced.")
            : l10n.t("{0} secrets in it were replaced.", secrets),
        ]),
    ...(hidden === 0 ? [] : [l10n.t("What was marked as private was left out.")]),
  ];
  return sentences.length === 0 ? undefined : sentences.join(" ");
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
