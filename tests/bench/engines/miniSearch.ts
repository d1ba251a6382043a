import { FIELD_WEIGHTS, FIELDS, type Row } from "../corpus.js";
import { LIMIT, type Query } from "../queries.js";
import type { EngineKind } from "./Engine.js";

export const miniSearch: EngineKind = {
  name: "MiniSearch",
  packageName: "minisearch",
  setup:
    "the same fields and weights as `boost`, its own tokenizer without stemming, hits as ids that a map turns into memories; a filter is its `filter`; a phrase is both words and then a look into the text",
  async open(rows) {
    const { default: MiniSearch } = await import("minisearch");
    const index = new MiniSearch<Row>({
      fields: [...FIELDS],
      searchOptions: { boost: FIELD_WEIGHTS },
    });
    const byId = new Map(rows.map((row) => [row.id, row]));
    index.addAll(rows);
    const filterOf = (query: Query) => {
      const phrase = query.operator === "phrase" ? query.words.join(" ") : undefined;
      const { project, type, since } = query;
      if ([phrase, project, type, since].every((value) => value === undefined)) return undefined;
      return ({ id }: { id: number }) => {
        const row = byId.get(id);
        if (row === undefined) return false;
        if (project !== undefined && row.project !== project) return false;
        if (type !== undefined && row.type !== type) return false;
        if (since !== undefined && row.at < since) return false;
        return phrase === undefined || FIELDS.some((field) => row[field].includes(phrase));
      };
    };
    return {
      search(query) {
        const filter = filterOf(query);
        return index
          .search(query.words.join(" "), {
            combineWith: query.operator === "or" ? "OR" : "AND",
            prefix: query.operator === "prefix",
            ...(filter === undefined ? {} : { filter }),
          })
          .slice(0, LIMIT)
          .map(({ id, score }) => ({ ...byId.get(id), score }));
      },
      close() {
        index.removeAll();
      },
    };
  },
};
