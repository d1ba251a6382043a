import type { Context, Hono } from "hono";
import type { AskRequest, MemoryKind } from "recollect-wasm";
import { searchAny, shortcutRequests, type Shortcut } from "../../common/recall/shortcuts.js";
import { Fields, type IntegerRange } from "../Fields.js";
import { foundMarkdown, toolContent } from "../foundText.js";
import { type Found, type FoundItem, foundOf } from "../found.js";
import { PAGE, offsetOf } from "../pages.js";
import { badField } from "../Refusal.js";
import type { ToolContent } from "../shapes.js";
import type { Surface } from "../Surface.js";
import { endOf, startOf } from "../time.js";

const FORMATS = ["index", "full", "text"] as const;
type ResultFormat = (typeof FORMATS)[number];

/** What each published type is among our kinds. */
const KINDS: Readonly<Record<string, MemoryKind>> = {
  observations: "observation",
  sessions: "summary",
  prompts: "prompt",
};

/** The published examples of the narrow searches ask for ten. */
const NARROW_PAGE: IntegerRange = { ...PAGE, byDefault: 10 };

/** The shortcut behind each address. */
const SHORTCUT_PATHS = {
  "/api/decisions": "decisions",
  "/api/changes": "changes",
  "/api/how-it-works": "how",
} satisfies Record<string, Shortcut>;

/** Everything that finds memories by words, types, labels, files and time. */
export function addClaudeMemSearch(app: Hono, surface: Surface): void {
  app.get("/api/search", async (context) => {
    const fields = Fields.ofAddress(context.req.url);
    const request = { ...commonRequest(fields, PAGE), ...wideRequest(fields, surface) };
    return answer(context, formatOf(fields), await ordered(surface, request, fields));
  });

  for (const [path, shortcut] of Object.entries(SHORTCUT_PATHS)) {
    app.get(path, async (context) => {
      const fields = Fields.ofAddress(context.req.url);
      const requests = shortcutRequests(shortcut, commonRequest(fields, PAGE));
      return answer(context, formatOf(fields), await search(surface, requests));
    });
  }

  // What the plugins of today's claude-mem for other agents ask; each reads another part of it.
  app.get("/api/search/observations", async ({ req, json }) => {
    const fields = Fields.ofAddress(req.url);
    const request = { ...commonRequest(fields, PAGE), ...wideRequest(fields, surface) };
    formatOf(fields);
    const items = await ordered(surface, { ...request, kinds: ["observation"] }, fields);
    const { observations } = foundOf(items, "full");
    return json({ observations, items: observations, count: items.length, ...toolContent(items) });
  });

  app.get("/api/search/by-concept", (context) =>
    narrow(surface, context, (fields) => ({
      kinds: ["observation", "summary"],
      concepts: [fields.key("concept")],
    })),
  );

  app.get("/api/search/by-file", (context) =>
    narrow(surface, context, (fields) => ({
      kinds: ["observation", "summary"],
      files: [fields.key("filePath")],
    })),
  );

  app.get("/api/search/by-type", (context) =>
    narrow(surface, context, (fields) => {
      const types = fields.list("type");
      if (types.length === 0) throw badField("type", "a type of observation, and is missing");
      return { kinds: ["observation"], types };
    }),
  );
}

async function narrow(
  surface: Surface,
  context: Context,
  requestOf: (fields: Fields) => Partial<AskRequest>,
): Promise<Response> {
  const fields = Fields.ofAddress(context.req.url);
  const request = { ...requestOf(fields), ...commonRequest(fields, NARROW_PAGE) };
  return answer(context, formatOf(fields), await search(surface, [request]));
}

/** What every search takes. */
function commonRequest(fields: Fields, page: IntegerRange): AskRequest {
  const query = fields.optionalText("query");
  const project = fields.optionalKey("project");
  const dateStart = fields.optionalText("dateStart");
  const dateEnd = fields.optionalText("dateEnd");
  return {
    text: query ?? "",
    isHereOnly: true,
    ...(project === undefined ? {} : { projects: [project] }),
    ...(dateStart === undefined ? {} : { since: startOf("dateStart", dateStart) }),
    ...(dateEnd === undefined ? {} : { before: endOf("dateEnd", dateEnd) }),
    limit: fields.integer("limit", page),
    offset: offsetOf(fields),
  };
}

/** What only the unified search takes. */
function wideRequest(fields: Fields, { options }: Surface): Partial<AskRequest> {
  const told = fields.list("type");
  const areKinds = told.every((name) => name === "all" || Object.hasOwn(KINDS, name));
  // Today's clients may name types of observations where the guide has kinds.
  const areTypes = !areKinds && options.isLikeToday === true;
  const types = [...fields.list("obs_type"), ...(areTypes ? told : [])];
  const concepts = fields.list("concepts");
  const files = fields.list("files");
  return {
    kinds: areTypes ? ["observation"] : kindsOf(told),
    ...(types.length === 0 ? {} : { types }),
    ...(concepts.length === 0 ? {} : { concepts }),
    ...(files.length === 0 ? {} : { files }),
  };
}

function kindsOf(names: readonly string[]): MemoryKind[] {
  if (names.length === 0 || names.includes("all")) return Object.values(KINDS);
  return names.map((name) => {
    const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
    if (kind === undefined) {
      throw badField("type", `all, or some of ${Object.keys(KINDS).join(", ")}`);
    }
    return kind;
  });
}

function formatOf(fields: Fields): ResultFormat {
  return fields.oneOf("format", FORMATS) ?? "index";
}

/** What a request finds, in the order that the client wants. */
function ordered(surface: Surface, request: AskRequest, fields: Fields): Promise<FoundItem[]> {
  switch (fields.optionalText("orderBy")) {
    case "date_desc":
      return search(surface, [{ ...request, order: "newest" }]);
    case "date_asc":
      return search(surface, [{ ...request, order: "oldest" }]);
    default:
      return search(surface, [request]);
  }
}

/** What any of the requests finds, with numbers. */
async function search(surface: Surface, requests: readonly AskRequest[]): Promise<FoundItem[]> {
  const full = requests.map((request) => ({ ...request, format: "full" as const }));
  const hits = await searchAny(surface.memories, full);
  const numbered = await surface.numbered(hits.flatMap(({ memory }) => memory ?? []));
  return numbered.flatMap((one, index) => {
    const hit = hits[index];
    return hit === undefined ? [] : [{ ...one, hit }];
  });
}

function answer(context: Context, format: ResultFormat, items: readonly FoundItem[]): Response {
  if (format === "text") {
    return context.body(foundMarkdown(items), 200, {
      "Content-Type": "text/markdown; charset=utf-8",
    });
  }
  const found: Found & ToolContent = { ...foundOf(items, format), ...toolContent(items) };
  return context.json(found);
}
