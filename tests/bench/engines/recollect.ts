/** The built module, asked as the extension asks it. */
import { Recollect, type Format, type SearchRequest } from "recollect-wasm";
import { now } from "../clock.js";
import { NOW, segments } from "../corpus.js";
import { LIMIT, type Query } from "../queries.js";
import type { Engine } from "./Engine.js";

/** A store that has read the first memories of the seed from their files. */
export function openCore(memories: number): { core: Recollect; readMs: number } {
  const core = new Recollect(new Uint8Array(32).fill(7), "0.0.0");
  let readMs = 0;
  for (const { name, bytes } of segments(memories)) {
    const begin = now();
    core.ingest(name, bytes, NOW);
    readMs += now() - begin;
  }
  return { core, readMs };
}

/** Gives it the table of word vectors and each memory its vector; how long that takes in all, and the longest at once. */
export function addMeaning(core: Recollect, table: Uint8Array): { all: number; longest: number } {
  let begin = now();
  core.setMeaning(table);
  let [all, longest] = [now() - begin, 0];
  for (let isMore = true; isMore;) {
    begin = now();
    isMore = core.settleMeaning();
    const took = now() - begin;
    all += took;
    longest = Math.max(longest, took);
  }
  return { all, longest };
}

/** A search over it, giving so much of each memory. The store is its owner's to free. */
export function recollect(core: Recollect, format: Format): Engine {
  return {
    search: (query) => core.search({ ...request(query), format }).hits,
    close() {},
  };
}

/** Scores of the best 20 by BM25 alone, best first. */
export function relevance(core: Recollect, query: Query): number[] {
  // Without the order that is asked for, an older module ranks by BM25 anyway.
  const byRelevance: SearchRequest & { order: string } = { ...request(query), order: "relevance" };
  return core.search(byRelevance).hits.map(({ score }) => score ?? 0);
}

function request({ words, operator, project, type, since }: Query): SearchRequest {
  return {
    text: text(words, operator),
    limit: LIMIT,
    ...(project === undefined ? {} : { projects: [project] }),
    ...(type === undefined ? {} : { types: [type] }),
    ...(since === undefined ? {} : { since }),
  };
}

function text(words: readonly string[], operator: Query["operator"]): string {
  switch (operator) {
    case "phrase":
      return `"${words.join(" ")}"`;
    case "prefix":
      return `${words.join(" ")}*`;
    case "and":
      return words.join(" AND ");
    case "or":
      return words.join(" ");
  }
}
