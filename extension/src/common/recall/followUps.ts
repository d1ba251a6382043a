import type { Answer, Hit } from "recollect-wasm";
import type { Localize } from "../Localize.js";
import { formatDate, oneLine } from "../text/plainText.js";

/** A question that an answer leads to. */
export interface FollowUp {
  /** As the participant reads it: in English, as all questions. */
  readonly prompt: string;
  readonly label: string;
  readonly command?: "timeline";
}

/** What was shown, the memories in full. */
export interface ShownAnswer {
  readonly hits: readonly Hit[];
  readonly answer?: Pick<Answer, "understood" | "notes"> | undefined;
}

/** Most questions that are offered. */
const MAX_FOLLOW_UPS = 4;

/** Memories of an answer that lead on. */
const LEADING = 3;

/**
 * Questions about the files, people, versions and commits of an answer, the first of each that
 * was not asked about; without memories, about the time that holds the nearest.
 */
export function followUps({ hits, answer }: ShownAnswer, l10n: Localize): FollowUp[] {
  // What is only near a time of which there is nothing leads nowhere.
  const isNear = answer?.notes.some(({ kind }) => kind === "nothing_then") === true;
  const leading = isNear ? [] : hits.slice(0, LEADING);
  const isAsked = (aspect: string): boolean =>
    answer?.understood.some((part) => part.aspect === aspect) === true;
  const found: FollowUp[] = [];

  const file = isAsked("file") ? undefined : firstOf(leading, filesOf);
  if (file !== undefined) {
    const label = l10n.t("What else changed in {0}?", oneLine(file, 80));
    found.push({ prompt: `What changed in ${file}?`, label });
  }
  const author = isAsked("person") ? undefined : firstOf(leading, ({ author }) => author);
  if (author !== undefined) {
    const label = l10n.t("What else did {0} do?", oneLine(author, 60));
    found.push({ prompt: `What did ${oneLine(author, 80)} do?`, label });
  }
  const version = answer?.understood.find(({ aspect }) => aspect === "version")?.value;
  const named = version ?? firstOf(leading, versionOf);
  // Of a range nothing is asked further.
  if (named !== undefined && /^v?\d[\w.-]*$/.test(named)) {
    found.push({ prompt: `What broke in ${named}?`, label: l10n.t("What broke in {0}?", named) });
  }
  const commit = isAsked("number") ? undefined : firstOf(leading, ({ commit }) => commit);
  if (commit !== undefined) {
    const hash = commit.slice(0, SHORT_HASH);
    const label = l10n.t("What happened around commit {0}?", hash);
    found.push({ prompt: hash, label, command: "timeline" });
  }
  for (const note of answer?.notes ?? []) {
    if (note.kind !== "nothing_then" || note.nearest === undefined) continue;
    const day = formatDate(note.nearest);
    found.push({ prompt: `What happened on ${day}?`, label: l10n.t("What happened on {0}?", day) });
  }
  return found.slice(0, MAX_FOLLOW_UPS);
}

const SHORT_HASH = 10;

function firstOf<Value>(
  hits: readonly Hit[],
  valueOf: (hit: Hit) => Value | undefined,
): Value | undefined {
  for (const hit of hits) {
    const value = valueOf(hit);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The first file that a memory changed; a path with blanks would be read as words. */
function filesOf({ memory }: Hit): string | undefined {
  return memory?.filesModified.find((file) => !/\s/.test(file));
}

/** The version of a title that says nothing else: others name those of dependencies too. */
function versionOf({ title }: Hit): string | undefined {
  return /^(?:release |version )?(v?\d+\.\d+(?:\.\d+)?)$/i.exec(title)?.[1];
}
