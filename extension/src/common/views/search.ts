import type { Answer, AskRequest, Explanation, Hit, Range, SearchRequest } from "recollect-wasm";
import type { Localize } from "../Localize.js";
import type { Memories } from "../memories/Memories.js";
import { kindsFor } from "../recall/listedKinds.js";
import { detailText } from "../recall/previewText.js";
import { fittingOfAll, noteSentences, understoodPart } from "../recall/understanding.js";
import { oneLine } from "../text/plainText.js";
import { shortTime, typeWord } from "./memoryRow.js";
import type { SearchMessage, SearchPage, SearchRow, WhyPart } from "./protocol.js";

/** Rows that are told at once. */
export const PAGE_ROWS = 100;

/** A part of a score that is shown as nothing. */
const LEAST_SHARE = 0.005;

/** A relevance that fills its bar; there is no highest one. */
const FULL_RELEVANCE = 25;

type Asked = Pick<Memories, "ask" | "search">;
type Question = Extract<SearchMessage, { do: "search" }>;

/** Where a question is asked from. */
export interface SearchPlace {
  readonly projects: readonly string[];
  readonly file?: string;
  readonly me?: string;
  /** Unix milliseconds. */
  readonly now: number;
}

/** Rows that answer what was typed: a question in plain words, or else words of which the last may not be whole. */
export async function searchPage(
  memories: Asked,
  { question, text, filters, without, offset }: Question,
  place: SearchPlace,
  l10n: Localize,
): Promise<SearchPage> {
  const words = text.trim();
  const all = [words, ...filters].join(" ").trim();
  const answer =
    words === "" ? undefined : await memories.ask(askRequest(all, without, offset, place));
  if (answer?.isAnswered === true) {
    const row = (hit: Hit, index: number): SearchRow =>
      searchRow(hit, place, l10n, index >= answer.fittingHits);
    return {
      ...{ kind: "page", question, offset, isEmpty: false, total: answer.total },
      rows: answer.hits.map(row),
      chips: chipsOf(answer, l10n),
      sentences: [...noteSentences(answer, l10n), fittingOfAll(answer, l10n)],
    };
  }
  const listed = await memories.search(listRequest(all, offset, place));
  const isEmpty = listed.total === 0 && (await memories.search({ limit: 1 })).total === 0;
  return {
    ...{ kind: "page", question, offset, isEmpty },
    rows: listed.hits.map((hit) => searchRow(hit, place, l10n, false)),
    total: listed.total,
    chips: answer === undefined ? [] : chipsOf(answer, l10n),
    sentences: answer === undefined ? [] : noteSentences(answer, l10n),
  };
}

function askRequest(
  text: string,
  without: Question["without"],
  offset: number,
  { projects, file, me, now }: SearchPlace,
): AskRequest {
  return {
    ...{ text, without: [...without], projects: [...projects], now, offset, limit: PAGE_ROWS },
    ...(file === undefined ? {} : { file }),
    ...(me === undefined ? {} : { me }),
  };
}

function listRequest(text: string, offset: number, place: SearchPlace): SearchRequest {
  const { projects, file, now } = place;
  const [project] = projects;
  return {
    ...{ text, offset, limit: PAGE_ROWS, isPrefix: true, isExplained: true, now },
    ...kindsFor(text),
    ...(projects.length === 0 ? {} : { projects: [...projects] }),
    near: {
      ...(file === undefined ? {} : { file }),
      ...(project === undefined ? {} : { project }),
    },
  };
}

function chipsOf({ understood }: Answer, l10n: Localize): SearchPage["chips"] {
  return understood.map((part) => ({ aspect: part.aspect, label: understoodPart(part, l10n) }));
}

function searchRow(hit: Hit, { now }: SearchPlace, l10n: Localize, isNear: boolean): SearchRow {
  const facts = [
    typeWord(hit, l10n),
    shortTime(hit.at, now, l10n),
    ...(hit.author === undefined ? [] : [oneLine(hit.author, 40)]),
    ...(hit.trust === "low" ? [l10n.t("low trust")] : []),
    ...(hit.flag === undefined ? [] : [l10n.t("reads like an instruction to an assistant")]),
  ];
  const { titleHighlights, previewHighlights = [] } = hit;
  const preview = detailText(hit);
  // What is left out of a preview moves what stands out in it.
  const left = hit.preview.indexOf(preview);
  return {
    ...{ id: hit.id, title: hit.title, isPinned: hit.isPinned, isNear, preview },
    ...(titleHighlights === undefined ? {} : { titleHighlights }),
    ...(left < 0 ? {} : { previewHighlights: moved(previewHighlights, -left) }),
    facts: facts.join(" · "),
    why: hit.explain === undefined ? [] : whyParts(hit.explain, l10n),
  };
}

function moved(ranges: readonly Range[], by: number): Range[] {
  return ranges
    .map(({ start, end }) => ({ start: start + by, end: end + by }))
    .filter(({ start }) => start >= 0);
}

/** Every part of a score, in words. */
function whyParts(explain: Explanation, l10n: Localize): WhyPart[] {
  const { hasAllTerms, bm25, trigram, recency, salience, nearness } = explain;
  const { meaning, proximity, neighbours } = explain;
  const share = (name: string, value: number): WhyPart => ({
    ...{ name, value: `${Math.round(value * 100)} %`, share: Math.min(1, Math.max(0, value)) },
  });
  const relevance = (name: string, value: number): WhyPart => ({
    ...{ name, value: value.toFixed(1), share: Math.min(1, Math.max(0, value / FULL_RELEVANCE)) },
  });
  const parts = [
    relevance(l10n.t("Words"), bm25),
    relevance(l10n.t("Spelled nearly so"), trigram),
    relevance(l10n.t("Words near each other"), proximity),
    share(l10n.t("What it means"), meaning),
    share(l10n.t("How new"), recency),
    share(l10n.t("How much it matters"), salience),
    share(l10n.t("How near to the file at hand"), nearness),
    (neighbours <= 1 ? share : relevance)(l10n.t("What stands beside it"), neighbours),
  ];
  return [
    {
      name: l10n.t("Has every word"),
      value: hasAllTerms ? l10n.t("yes") : l10n.t("no"),
      share: hasAllTerms ? 1 : 0,
    },
    // A part that is nothing adds nothing to the score.
    ...parts.filter((part) => part.share >= LEAST_SHARE),
  ];
}
