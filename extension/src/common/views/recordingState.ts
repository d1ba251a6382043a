import type { Source } from "../capture/Happening.js";
import type { CommandId } from "../tools/contributions.js";
import { memoryCount } from "../text/count.js";
import type { MeaningProblems } from "../meaning/MeaningModel.js";
import type { SavedState } from "../memories/Flusher.js";
import type { Localize } from "../Localize.js";
import type { RewriteState } from "../rewrite/Rewriter.js";
import { oneLine } from "../text/plainText.js";

/** Everything that decides what the status bar says. */
export interface RecordingState {
  readonly isLocked: boolean;
  readonly isPrivate: boolean;
  readonly isPaused: boolean;
  readonly saved: SavedState;
  /** What is captured by itself. */
  readonly captured: readonly Source[];
  /** What a language model rewrites in the background. */
  readonly rewriting: RewriteState;
  /** Why memories are not found by what they mean as they could be. */
  readonly meaning: MeaningProblems;
  /** Memories of today in the open projects, once they have been counted. */
  readonly today?: number;
}

/** What the status bar says. */
export interface StatusText {
  readonly text: string;
  readonly tooltip: string;
  /** What a click does. */
  readonly command: CommandId;
  readonly isWarning: boolean;
  /** What a screen reader says: short, and without icons. */
  readonly spoken: string;
}

/** The one state that matters most to the user at this moment, worst first. No click turns recording off. */
export function statusText(state: RecordingState, l10n: Localize): StatusText {
  const { isLocked, isPrivate, isPaused, saved, today } = state;
  if (isLocked)
    return {
      text: `$(lock) ${l10n.t("Memories locked")}`,
      tooltip: l10n.t(
        "The memories are encrypted and the key is not here. Nothing is found and nothing is stored until you unlock them with the recovery code. Click to unlock.",
      ),
      command: "recollect.unlock",
      isWarning: true,
      spoken: l10n.t("Memories locked; press to unlock them"),
    };
  if (!saved.isSaved)
    return {
      text: `$(warning) ${saved.isPaused ? l10n.t("Recording paused: not saved") : l10n.t("Memories not saved")}`,
      tooltip: notSaved(saved.isPaused, oneLine(saved.reason), l10n),
      command: "recollect.showLog",
      isWarning: true,
      spoken: l10n.t("Memories are not saved; press for the log"),
    };
  if (isPrivate)
    return {
      text: `$(eye-closed) ${l10n.t("Private session")}`,
      tooltip: l10n.t(
        "Nothing is stored from this window, whoever asks; memories are found as ever. Click to end the private session.",
      ),
      command: "recollect.endPrivateSession",
      isWarning: true,
      spoken: l10n.t("Private session: nothing is stored; press to end it"),
    };
  if (isPaused)
    return {
      text: `$(debug-pause) ${l10n.t("Memory paused")}`,
      tooltip: l10n.t(
        "In this workspace only what you ask for yourself is stored. Click to resume.",
      ),
      command: "recollect.resume",
      isWarning: false,
      spoken: l10n.t("Memory paused; press to resume"),
    };
  const count = today === undefined || today === 0 ? undefined : l10n.t("{0} today", today);
  const name = l10n.t("Memory");
  return {
    text: ["$(record-small)", name, ...(count === undefined ? [] : ["·", count])].join(" "),
    tooltip: recordingSentences(state, l10n).join(" "),
    command: "recollect.openView",
    isWarning: false,
    spoken: l10n.t("{0}; press to open it", count === undefined ? name : `${name}, ${count}`),
  };
}

/** What is recorded in this window while nothing stands against it, sentence by sentence. */
export function recordingSentences(
  { captured, rewriting, meaning }: Pick<RecordingState, "captured" | "rewriting" | "meaning">,
  l10n: Localize,
): string[] {
  return [
    l10n.t("Recollect remembers here what you and your assistants ask it to."),
    capturedSentence(captured, l10n),
    ...rewritingSentence(rewriting, l10n),
    ...meaningSentences(meaning, l10n),
  ];
}

function capturedSentence(captured: readonly Source[], l10n: Localize): string {
  if (captured.length === 0) return l10n.t("Nothing is captured by itself.");
  const names: Readonly<Record<Source, string>> = {
    files: l10n.t("files opened and saved"),
    edits: l10n.t("edits"),
    debug: l10n.t("debugging"),
    tasks: l10n.t("tasks"),
    terminal: l10n.t("terminal commands"),
    diagnostics: l10n.t("errors"),
    git: l10n.t("commits"),
  };
  const list = captured.map((source) => names[source]).join(", ");
  return l10n.t("It captures by itself: {0}.", list);
}

function rewritingSentence({ depth, isAsking }: RewriteState, l10n: Localize): string[] {
  if (depth === 0) return [];
  return [
    isAsking
      ? l10n.t("A language model rewrites {0}.", memoryCount(depth, l10n))
      : l10n.t("A language model is to rewrite {0}.", memoryCount(depth, l10n)),
  ];
}

function meaningSentences({ table, model }: MeaningProblems, l10n: Localize): string[] {
  const sentences = [];
  if (table !== undefined)
    sentences.push(
      l10n.t(
        "Search goes by words alone, since what words mean could not be read: {0}",
        oneLine(table),
      ),
    );
  if (model !== undefined)
    sentences.push(l10n.t("The model of the settings is not used: {0}", oneLine(model)));
  return sentences;
}

/** Why what was recorded is not written yet. */
export function notSaved(isPaused: boolean, reason: string, l10n: Localize): string {
  const sentences = [];
  if (isPaused)
    sentences.push(
      l10n.t(
        "So much waits to be written that nothing more is recorded until it is. Recording goes on by itself then.",
      ),
    );
  if (reason !== "") sentences.push(l10n.t("Writing failed and will be tried again: {0}", reason));
  return sentences.join(" ");
}
