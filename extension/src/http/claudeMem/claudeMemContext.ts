import type { Hono } from "hono";
import type { MemoryKind } from "recollect-wasm";
import { leftOutText } from "../../common/recall/leftOut.js";
import { ansi, contextText, type RecentContext } from "../contextText.js";
import { Fields, type IntegerRange } from "../Fields.js";
import { toolContent } from "../foundText.js";
import { observationResult, summaryResult } from "../rows.js";
import type { Surface } from "../Surface.js";

/** Sessions of the recent context. */
const RECENT: IntegerRange = { min: 1, max: 50, byDefault: 3, isCapped: true };

/** Memories kept at hand that come first, however old. */
const PINNED = 10;

/** Kinds that are told of the last sessions. */
const TOLD_KINDS: MemoryKind[] = ["summary", "observation"];

/** Budget of what is injected, in model tokens. */
const MAX_TOKENS = 8_000;

/** What a project's last sessions left, for a model or a person at the beginning of the next. */
export function addClaudeMemContext(app: Hono, surface: Surface): void {
  const fenced = new FencedBlocks(surface);

  app.get("/api/context/recent", async ({ req, json }) => {
    const fields = Fields.ofAddress(req.url);
    const projects = projectsOf(fields);
    const { summaries, observations } = await latest(
      surface,
      projects,
      fields.integer("limit", RECENT),
    );
    const told = {
      summaries: (await surface.numbered(summaries)).map(summaryResult),
      observations: (await surface.numbered(observations)).map(observationResult),
    };
    // Under the guide's names, and under those that today's plugin for OpenClaw reads.
    const today = {
      session_summaries: told.summaries,
      recent_observations: told.observations,
      ...toolContent(await surface.numbered([...summaries, ...observations])),
    };
    return json({ ...told, ...today });
  });

  app.get("/api/context/preview", async ({ req, text }) => {
    const projects = projectsOf(Fields.ofAddress(req.url));
    return text(contextText(await latest(surface, projects, RECENT.byDefault), projects, ansi));
  });

  app.get("/api/context/inject", async ({ req, text }) => {
    const fields = Fields.ofAddress(req.url);
    const projects = projectsOf(fields);
    const hasColors = fields.optionalBoolean("colors") ?? false;
    const context = await latest(surface, projects, RECENT.byDefault);
    // Colours are for a person at a terminal; without them it goes to a model, as fenced data.
    const leftOut = await leftOutText(surface.memories, { projects, kinds: TOLD_KINDS });
    if (hasColors) {
      const shown = contextText(context, projects, ansi);
      return text(leftOut === "" ? shown : `${shown}\n${leftOut}\n`);
    }
    const blocks = [await fenced.of(context)];
    // Within the tag, so that it is not stored again.
    if (leftOut !== "") blocks.push(`<recollect-context>\n${leftOut}\n</recollect-context>`);
    return text(blocks.filter((block) => block !== "").join("\n"));
  });
}

/** One project, or several parted by commas, as today's clients name the worktrees of one. */
function projectsOf(fields: Fields): string[] {
  const project = fields.optionalKey("project");
  return project === undefined ? fields.list("projects") : [project];
}

async function latest(
  { memories, contextObservations: most }: Surface,
  projects: string[],
  sessions: number,
): Promise<RecentContext> {
  const common = { projects, isAutomatic: true, isArchived: false };
  const [summaries, pinned, observations] = await Promise.all([
    memories.recent({ ...common, kinds: ["summary"], limit: sessions }),
    memories.recent({ ...common, kinds: ["observation"], isPinned: true, limit: PINNED }),
    memories.recent({ ...common, kinds: ["observation"], limit: most }),
  ]);
  const ids = new Set([...pinned.hits, ...observations.hits].map(({ id }) => id));
  return {
    summaries: await memories.get(summaries.hits.map(({ id }) => id)),
    observations: await memories.get([...ids].slice(0, most)),
  };
}

/**
 * Fenced blocks for a model. The same memories give the same text while this process lives, so
 * that what a model has read once it need not read again; anything new gets a new fence.
 */
class FencedBlocks {
  readonly #surface: Surface;
  readonly #blocks = new Map<string, string>();

  constructor(surface: Surface) {
    this.#surface = surface;
  }

  async of({ summaries, observations }: RecentContext): Promise<string> {
    const memories = [...summaries, ...observations];
    if (memories.length === 0) return "";
    const key = JSON.stringify(memories.map(({ id, title, text }) => [id, title, text]));
    const known = this.#blocks.get(key);
    if (known !== undefined) return known;
    const ids = memories.map(({ id }) => id);
    const { text } = await this.#surface.memories.context({ ids, maxTokens: MAX_TOKENS });
    // One block for each project that is worked on at a time is enough.
    if (this.#blocks.size >= 8) this.#blocks.clear();
    this.#blocks.set(key, text);
    return text;
  }
}
