import type { Row } from "../corpus.js";
import { LIMIT, type Query } from "../queries.js";
import type { EngineKind } from "./Engine.js";

export const flexSearch: EngineKind = {
  name: "FlexSearch",
  packageName: "flexsearch",
  setup:
    'a `Document` of the same fields in the order of their weights (it has none), `tokenize: "forward"` for prefixes, project and type as tags, `store`, `enrich` and `merge`; either of two words is `suggest`; a phrase is both words in one field; time is looked at afterwards, in 50 times as many hits',
  async open(rows) {
    const { Document } = await import("flexsearch");
    const byWeight = ["title", "concepts", "files", "narrative"] satisfies (keyof Row)[];
    const index = new Document<Row>({
      document: {
        id: "id",
        index: byWeight.map((field) => ({ field, tokenize: "forward" })),
        tag: [{ field: "project" }, { field: "type" }],
        store: true,
      },
    });
    for (const row of rows) index.add(row);
    return {
      search(query) {
        const { since } = query;
        const found = index.search(query.words.join(" "), {
          limit: since === undefined ? LIMIT : LIMIT * 50,
          suggest: query.operator === "or" && query.words.length > 1,
          enrich: true,
          merge: true,
          ...tagOf(query),
        });
        const kept = since === undefined ? found : found.filter(({ doc }) => doc.at >= since);
        return kept.slice(0, LIMIT).map(({ doc }) => doc);
      },
      close() {
        index.clear();
      },
    };
  },
};

function tagOf({ project, type }: Query) {
  if (project !== undefined) return { tag: { project } };
  if (type !== undefined) return { tag: { type } };
  return {};
}
