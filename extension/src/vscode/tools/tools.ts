import * as vscode from "vscode";
import type { ToolName } from "../../common/tools/contributions.js";
import { memoryCount } from "../../common/memories/count.js";
import { NotSavedError } from "../../common/memories/Flusher.js";
import { forgetLimits } from "../../common/memories/forgetText.js";
import { kindsFor } from "../../common/recall/listedKinds.js";
import { describe } from "../../common/Log.js";
import { escapeLine } from "../../common/text/markdown.js";
import { oneLine } from "../../common/text/plainText.js";
import { patternsOf } from "../../common/recall/patternsOf.js";
import { flaggedText, leftOutText } from "../../common/recall/leftOut.js";
import { recallable } from "../../common/recall/recallable.js";
import { searchNear, type NearResult } from "../../common/recall/searchNear.js";
import {
  forgetInput,
  getInput,
  patternsInput,
  rememberInput,
  searchInput,
  timelineInput,
  ToolInputError,
  type SearchInput,
} from "../../common/tools/toolInput.js";
import {
  forgottenText,
  getText,
  loadingText,
  notRecordingText,
  patternsText,
  rememberedText,
  searchText,
  timelineText,
  tooManyWritesText,
} from "../../common/tools/toolText.js";
import { NotRecordingError, TooManyWritesError } from "../../common/memories/WriteGuard.js";
import type { App } from "../App.js";
import { rememberText } from "../commands/remember.js";

/** A tool for language models: what it does, and what the user sees while it runs. */
interface Tool {
  run(app: App, input: unknown): Promise<string>;
  prepare(
    input: unknown,
    app: App,
  ): vscode.PreparedToolInvocation | Promise<vscode.PreparedToolInvocation>;
}

/** What each tool does. */
const tools = {
  memory_search: {
    run: search,
    prepare: (input) => ({
      invocationMessage: vscode.l10n.t(
        "Searching memories for {0}",
        escapeLine(shown(input, "query"), 80),
      ),
    }),
  },
  memory_timeline: {
    run: timeline,
    prepare: () => ({ invocationMessage: vscode.l10n.t("Looking at the timeline of memories") }),
  },
  memory_get: {
    run: get,
    prepare: () => ({ invocationMessage: vscode.l10n.t("Reading memories") }),
  },
  memory_patterns: {
    run: patterns,
    prepare: () => ({ invocationMessage: vscode.l10n.t("Looking at what recurs") }),
  },
  memory_remember: {
    run: remember,
    prepare: (input) => ({
      invocationMessage: vscode.l10n.t("Remembering"),
      confirmationMessages: {
        title: vscode.l10n.t("Remember this?"),
        message: new vscode.MarkdownString(
          `${vscode.l10n.t("It will be found in later sessions:")}\n\n${escapeLine(shown(input, "text"), 2_000)}`,
        ),
      },
    }),
  },
  memory_forget: { run: forget, prepare: confirmForget },
} satisfies Record<ToolName, Tool>;

export function registerTools(app: App): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries<Tool>(tools).map(([name, tool]) =>
      vscode.lm.registerTool<unknown>(name, {
        prepareInvocation: ({ input }) => tool.prepare(input, app),
        invoke: async ({ input }) => {
          try {
            app.tools.require();
            const text = await tool.run(app, input);
            return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
          } catch (error) {
            app.log.warn(`${name}: ${describe(error)}`);
            throw new Error(sentenceForModel(error), { cause: error });
          }
        },
      }),
    ),
  );
}

async function search(app: App, input: unknown): Promise<string> {
  const request = searchInput(input, Date.now());
  const current = await app.projects.current();
  const result = await searchIn(app, request, current);
  const { isElsewhere } = result;
  const { project, type } = request;
  // Of other projects only what may be recalled by itself is found.
  const isPartial = isElsewhere || current === undefined || project?.toLowerCase() === "all";
  const filter = type === undefined ? kindsFor(request.query) : { types: [type] };
  const leftOut =
    isPartial && (project === undefined || project.toLowerCase() === "all")
      ? await leftOutText(app.memories, filter, request.query)
      : "";
  const shown = searchText(request.query, result, request.offset, current?.name);
  return withLoading(app, leftOut === "" ? shown : `${shown}\n${leftOut}`);
}

async function searchIn(
  app: App,
  { query, project, ...filter }: SearchInput,
  current: Awaited<ReturnType<App["projects"]["current"]>>,
): Promise<NearResult> {
  const { type, ...others } = filter;
  const request = {
    text: query,
    near: app.projects.near(current),
    ...others,
    ...(type === undefined ? kindsFor(query) : { types: [type] }),
  };
  if (project === undefined) return searchNear(app.memories, request, current);
  const where = project.toLowerCase() === "all" ? { isAutomatic: true } : { projects: [project] };
  return { ...(await app.memories.search({ ...request, ...where })), isElsewhere: false };
}

async function timeline(app: App, input: unknown): Promise<string> {
  const [result, current] = await Promise.all([
    app.memories.timeline(timelineInput(input, Date.now())),
    app.projects.current(),
  ]);
  const items = recallable(result.items, current, result.anchor);
  const left = result.items.filter((item) => item.flag !== undefined && !items.includes(item));
  const shown = timelineText({ ...result, items });
  const ids = left.map(({ id }) => id);
  return withLoading(app, left.length === 0 ? shown : `${shown}\n${flaggedText(ids, left.length)}`);
}

async function get(app: App, input: unknown): Promise<string> {
  const request = getInput(input);
  const context = await app.memories.context(request);
  await app.memories.recalled(context.citations.map(({ id }) => id));
  return getText(request.ids, context);
}

async function patterns(app: App, input: unknown): Promise<string> {
  const { project, kind, limit } = patternsInput(input);
  const isEverywhere = project?.toLowerCase() === "all";
  const current = project === undefined ? await app.projects.current() : undefined;
  const wanted = isEverywhere ? undefined : (project ?? current?.id);
  if (wanted === undefined && !isEverywhere) {
    throw new ToolInputError(
      "No folder is open. Give project, a name or id as memory_search lists it, or 'all'.",
    );
  }
  const shown = await patternsOf(app.memories, {
    ...(wanted === undefined ? {} : { project: wanted }),
    ...(kind === undefined ? {} : { kinds: [kind] }),
    limit,
  });
  return withLoading(app, patternsText(shown, current?.name ?? wanted, kind !== undefined));
}

async function remember(app: App, input: unknown): Promise<string> {
  const given = rememberInput(input);
  const hasPrivate = await app.memories.hasPrivate(given.text);
  return rememberedText(await rememberText(app, given, "assistant"), hasPrivate);
}

/** Tells a model that more may be found in a moment, while that is so. */
function withLoading({ memories }: App, text: string): string {
  const percent = memories.loadedPercent;
  return percent === undefined ? text : `${text}\n${loadingText(percent)}`;
}

async function forget(app: App, input: unknown): Promise<string> {
  const { ids } = forgetInput(input);
  const report = await app.memories.forget({ ids });
  app.documents.refresh();
  return forgottenText(report);
}

/** The question that names what goes; without it nothing is forgotten. */
async function confirmForget(input: unknown, app: App): Promise<vscode.PreparedToolInvocation> {
  const memories = await app.memories.get(forgetInput(input).ids);
  const titles = memories.map(({ title }) => `- ${escapeLine(title, 120)}`);
  const message = [
    vscode.l10n.t("These memories will be gone for good, in every window:"),
    "",
    ...(titles.length === 0 ? [`_${vscode.l10n.t("none that is remembered")}_`] : titles),
    "",
    forgetLimits(vscode.l10n),
  ].join("\n");
  return {
    invocationMessage: vscode.l10n.t("Forgetting"),
    confirmationMessages: {
      title: vscode.l10n.t("Forget {0}?", memoryCount(memories.length, vscode.l10n)),
      message: new vscode.MarkdownString(message),
    },
  };
}

/** What a model is told about a failure, always with what to try next. */
function sentenceForModel(error: unknown): string {
  if (error instanceof ToolInputError) return error.message;
  if (error instanceof NotSavedError) {
    return "Writing to disk failed. The text is kept and will be written later, so do not remember it again; tell the user that it is not saved yet.";
  }
  if (error instanceof NotRecordingError) return notRecordingText(error);
  if (error instanceof TooManyWritesError) return tooManyWritesText(error);
  switch (error instanceof Error ? error.name : "") {
    case "ToolsOffError":
      return "The memory tools are switched off. Go on without them, and do not try again.";
    case "LockedError":
      return "The memories are encrypted and locked, so nothing can be found or stored. Go on without them, and tell the user that Recollect: Unlock Memories… unlocks them.";
    case "Full":
      return "Too much waits to be written to disk, so nothing more can be remembered right now. Do not try again soon; tell the user that recording is paused.";
    case "NotFound":
      return "No memory or session has this id; it may have been forgotten. Call memory_search to find current ids.";
    case "TooLarge":
      return "The text is too long to be remembered. Shorten it to the one thought that matters and try again.";
    case "InvalidInput":
      return `The input cannot be used: ${oneLine(error instanceof Error ? error.message : "")}. Correct it as the tool's schema says and try again.`;
    default:
      return "The memories cannot be read right now. Go on without them, and tell the user that the Recollect log says why.";
  }
}

/** A text of the input for showing, before it was checked. */
function shown(input: unknown, field: string): string {
  // An object has only string keys that matter here, and the value is checked before use.
  const value =
    typeof input === "object" && input !== null
      ? (input as Record<string, unknown>)[field]
      : undefined;
  return typeof value === "string" ? value : "";
}
