import type { Answer, AnswerNote, Aspect, Understood } from "recollect-wasm";
import type { Localize } from "../Localize.js";
import { formatDate, oneLine } from "../text/plainText.js";

/** One line that says how a question was understood; empty if it was taken as its words alone. */
export function understandingLine({ understood, subject }: Answer, l10n: Localize): string {
  const parts = understood.map((part) => understoodPart(part, l10n));
  if (parts.length === 0) return "";
  if (subject !== "") parts.push(l10n.t("about “{0}”", oneLine(subject, 120)));
  return parts.join(" · ");
}

/** What was understood of one part, such as `July 2026 (2026-07-01 to 2026-07-31)`. */
export function understoodPart({ aspect, text, value }: Understood, l10n: Localize): string {
  const told = oneLine(text, 80);
  const meant = oneLine(value, 120);
  switch (aspect) {
    case "time":
      return l10n.t("{0} ({1})", told, meant);
    case "file":
      return l10n.t("file {0}", meant);
    case "person":
      return l10n.t("by {0}", meant);
    case "version":
      return l10n.t("version {0}", meant);
    case "number":
      return meant;
    case "kind":
      return told;
    case "order":
      return value === "oldest" ? l10n.t("the first first") : l10n.t("the latest first");
  }
}

/** What is said of an answer besides its memories, a sentence each. */
export function noteSentences(notes: readonly AnswerNote[], l10n: Localize): string[] {
  const unknown = notes.flatMap((note) => (note.kind === "unknown_word" ? [note.word] : []));
  const sentences = notes.flatMap((note) => {
    switch (note.kind) {
      case "used_earlier":
        return [l10n.t("Understood together with the question before.")];
      case "no_number":
        return [l10n.t("{0} is not remembered.", oneLine(note.number, 80))];
      case "nothing_then":
        return [
          note.nearest === undefined
            ? l10n.t("Nothing is remembered of that time.")
            : l10n.t(
                "Nothing is remembered of that time; the nearest memory is of {0}.",
                formatDate(note.nearest),
              ),
        ];
      case "nothing_with":
        return [nothingWith(note.aspect, note.others, l10n)];
      case "elsewhere":
        return [l10n.t("Nothing in this project; these are from other projects.")];
      case "unknown_word":
        return [];
    }
  });
  if (unknown.length > 0) {
    const words = unknown.map((word) => `“${oneLine(word, 60)}”`).join(", ");
    sentences.push(l10n.t("Known nowhere here: {0}.", words));
  }
  return sentences;
}

function nothingWith(aspect: Aspect, others: number, l10n: Localize): string {
  switch (aspect) {
    case "kind":
      return l10n.t("None is marked as that kind; {0} without it.", others);
    case "time":
      return l10n.t("Nothing of that time; {0} without it.", others);
    default:
      return l10n.t("Nothing with all of that; {0} with less.", others);
  }
}

/** How many memories fit, in words: `3 fit, 5 may`. */
export function fittingLine(answer: Answer, l10n: Localize): string {
  const { fitting, hits, fittingHits } = answer;
  const may = hits.length - fittingHits;
  if (fitting > fittingHits) return l10n.t("The first {0} of {1} that fit:", fittingHits, fitting);
  if (fitting === 0) return l10n.t("None fits; the nearest:");
  if (may > 0) return l10n.t("{0} that fit, {1} that may:", fitting, may);
  return fitting === 1 ? l10n.t("1 memory fits:") : l10n.t("{0} memories fit:", fitting);
}
