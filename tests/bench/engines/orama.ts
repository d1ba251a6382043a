import { FIELD_WEIGHTS, FIELDS } from "../corpus.js";
import { LIMIT, type Query } from "../queries.js";
import type { EngineKind } from "./Engine.js";

export const orama: EngineKind = {
  name: "Orama",
  packageName: "@orama/orama",
  setup:
    "the same fields and weights as `boost`, English stemming, project and type as `enum`, time as `number`; words always also match as prefixes; a phrase is both words in one field",
  async open(rows) {
    const { create, insertMultiple, search } = await import("@orama/orama");
    const database = create({
      schema: {
        title: "string",
        narrative: "string",
        concepts: "string",
        files: "string",
        project: "enum",
        type: "enum",
        at: "number",
      },
      components: { tokenizer: { stemming: true } },
    });
    // It wants texts for ids.
    const documents = rows.map((row) => ({ ...row, id: String(row.id) }));
    await insertMultiple(database, documents, 1_000);
    return {
      async search(query) {
        const { hits } = await search(database, {
          term: query.words.join(" "),
          properties: [...FIELDS],
          boost: FIELD_WEIGHTS,
          limit: LIMIT,
          threshold: query.operator === "or" ? 1 : 0,
          ...whereOf(query),
        });
        return hits;
      },
      close() {},
    };
  },
};

function whereOf({ project, type, since }: Query) {
  if (project !== undefined) return { where: { project: { eq: project } } };
  if (type !== undefined) return { where: { type: { eq: type } } };
  if (since !== undefined) return { where: { at: { gte: since } } };
  return {};
}
