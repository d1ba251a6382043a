import type { Answer, AnswerNote, Understood } from "recollect-wasm";
import type { Localize } from "../Localize.js";
import { timeWords } from "../text/coreWords.js";
import { formatDate, oneLine } from "../text/plainText.js";

/** One line that says how a question was understood; empty if it was taken as its words alone. */
export function understandingLine({ understood, subject }: Answer, l10n: Localize): string {
  const parts = understood.map((part) => understoodPart(part, l10n));
  if (parts.length === 0) return "";
  if (subject !== "") parts.push(l10n.t("about “{0}”", oneLine(subject, 120)));
  return parts.join(" · ");
}

/** A part of a question as it was understood, to be shown with what takes it off. */
export interface Chip {
  readonly label: string;
  /** What is taken off or put back; none for the words that were searched for. */
  readonly part?: Understood;
  /** Whether it was taken off. */
  readonly isLeftOut: boolean;
}

/** What was understood and counts, what was taken off, and the words that were searched for. */
export function chips(
  { understood, subject }: Pick<Answer, "understood" | "subject">,
  without: readonly Understood[],
  l10n: Localize,
): Chip[] {
  const isLeftOut = ({ aspect }: Understood): boolean =>
    without.some((part) => part.aspect === aspect);
  const counting = understood.filter((part) => !isLeftOut(part));
  if (counting.length + without.length === 0) return [];
  const chip = (part: Understood): Chip => ({
    ...{ label: understoodPart(part, l10n), part, isLeftOut: isLeftOut(part) },
  });
  const words = { label: l10n.t("about “{0}”", oneLine(subject, 120)), isLeftOut: false };
  return [...counting.map(chip), ...without.map(chip), ...(subject === "" ? [] : [words])];
}

/** What was understood of one part, such as `July 2026 (2026-07-01 to 2026-07-31)`. */
export function understoodPart({ aspect, text, value }: Understood, l10n: Localize): string {
  const told = oneLine(text, 80);
  const meant = oneLine(value, 120);
  switch (aspect) {
    case "time":
      return l10n.t("{0} ({1})", told, timeWords(meant, l10n));
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
export function noteSentences(
  { notes, understood }: Pick<Answer, "notes" | "understood">,
  l10n: Localize,
): string[] {
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
        return [nothingWith(note, understood, l10n)];
      case "elsewhere":
        return [l10n.t("Nothing in this project; these are from other projects.")];
      case "authors":
        return [authorsSentence(note.authors, l10n)];
      case "files":
        return [filesSentence(note.files, l10n)];
      case "unknown_word":
        return [];
    }
  });
  if (unknown.length > 0) {
    const words = unknown.map((word) => l10n.t("“{0}”", oneLine(word, 60))).join(", ");
    sentences.push(l10n.t("Known nowhere here: {0}.", words));
  }
  return sentences;
}

/** How many authors are named, and how many files. */
const NAMED_AUTHORS = 5;
const NAMED_FILES = 8;

/** Who wrote what fits, most first. */
function authorsSentence(
  authors: Extract<AnswerNote, { kind: "authors" }>["authors"],
  l10n: Localize,
): string {
  const names = namesWithCounts(authors.slice(0, NAMED_AUTHORS), 60);
  const others = authors.length - NAMED_AUTHORS;
  if (others <= 0) return l10n.t("By {0}.", names);
  if (others === 1) return l10n.t("By {0} and 1 other.", names);
  return l10n.t("By {0} and {1} others.", names, others);
}

/** Which files what fits changed, most often first. */
function filesSentence(
  files: Extract<AnswerNote, { kind: "files" }>["files"],
  l10n: Localize,
): string {
  return l10n.t(
    "Files, by how often they changed: {0}.",
    namesWithCounts(files.slice(0, NAMED_FILES), 120),
  );
}

function namesWithCounts(
  list: readonly { name: string; memories: number }[],
  maxLength: number,
): string {
  return list.map(({ name, memories }) => `${oneLine(name, maxLength)} (${memories})`).join(", ");
}

/** Which part of a question nothing fits, and how many memories fit without it. */
function nothingWith(
  { aspect, others }: Extract<AnswerNote, { kind: "nothing_with" }>,
  understood: readonly Understood[],
  l10n: Localize,
): string {
  if (aspect === "kind") return l10n.t("None is marked as that kind; {0} without it.", others);
  const part = understood.find((one) => one.aspect === aspect);
  const told = part === undefined ? "" : understoodPart(part, l10n);
  if (told === "") return l10n.t("Nothing with all of that; {0} with less.", others);
  return others === 0
    ? l10n.t("Nothing is remembered for “{0}”.", told)
    : l10n.t("Nothing for “{0}”; without it {1}.", told, others);
}

/** How many memories fit, in words: `3 fit, 5 may`. */
export function fittingLine(answer: Answer, l10n: Localize): string {
  const { fitting, hits, fittingHits } = answer;
  if (fitting > fittingHits) return l10n.t("The first {0} of {1} that fit:", fittingHits, fitting);
  return counted(fitting, hits.length - fittingHits, l10n);
}

/** The same where a list goes on to the last of them. */
export function fittingOfAll(
  { fitting, total }: Pick<Answer, "fitting" | "total">,
  l10n: Localize,
): string {
  return counted(Math.min(fitting, total), Math.max(0, total - fitting), l10n);
}

function counted(fitting: number, may: number, l10n: Localize): string {
  if (fitting === 0) return l10n.t("None fits; the nearest:");
  if (may > 0) return l10n.t("{0} that fit, {1} that may:", fitting, may);
  return fitting === 1 ? l10n.t("1 memory fits:") : l10n.t("{0} memories fit:", fitting);
}
