import type { AskRequest, Project } from "recollect-wasm";
import { flaggedText, leftOutText } from "../recall/leftOut.js";
import { kindsFor } from "../recall/listedKinds.js";
import { patternsOf } from "../recall/patternsOf.js";
import { recallable, whereToRecall } from "../recall/recallable.js";
import { workContext } from "../recall/workContext.js";
import { oneLine } from "../text/plainText.js";
import type { ToolName } from "./contributions.js";
import {
  contextInput,
  forgetInput,
  getInput,
  patternsInput,
  rememberInput,
  searchInput,
  timelineInput,
  ToolInputError,
  type ReadPeriod,
  type SearchInput,
} from "./toolInput.js";
import type { ToolHost } from "./ToolHost.js";
import {
  answerText,
  contextToolText,
  forgottenText,
  getText,
  loadingText,
  patternsText,
  PROPOSED_TEXT,
  rememberedText,
  timelineText,
} from "./toolText.js";

/** A tool for language models. */
interface Tool {
  /** Does it, and gives the text for the model. */
  run(host: ToolHost, input: unknown): Promise<string>;
  /** Throws what running it would throw for this input, as far as that can be known before. */
  check(host: ToolHost, input: unknown): Promise<void> | void;
}

const tools: Record<ToolName, Tool> = {
  recollect_memory_search: {
    run: search,
    check: async (host, input) => {
      await searchInput(input, periodOf(host));
    },
  },
  recollect_memory_timeline: {
    run: timeline,
    check: async (host, input) => {
      await timelineInput(input, Date.now(), periodOf(host));
    },
  },
  recollect_memory_get: { run: get, check: (_, input) => void getInput(input) },
  recollect_memory_context: { run: context, check: (_, input) => void contextInput(input) },
  recollect_memory_patterns: { run: patterns, check: (_, input) => void patternsInput(input) },
  recollect_memory_remember: { run: remember, check: checkRemember },
  recollect_memory_forget: { run: forget, check: checkForget },
};

/** Does what a model asks for, and gives the text for it. Throws what `sentenceForModel` explains. */
export async function runTool(host: ToolHost, name: ToolName, input: unknown): Promise<string> {
  await host.requireTools();
  return tools[name].run(host, input);
}

/** Throws what would be refused, so that no person is asked about it. */
export async function checkTool(host: ToolHost, name: ToolName, input: unknown): Promise<void> {
  await host.requireTools();
  await tools[name].check(host, input);
}

/** What answers the words in the project at hand, or in the others where that has nothing. */
async function search(host: ToolHost, input: unknown): Promise<string> {
  const { memories } = host;
  const request = await searchInput(input, periodOf(host));
  const current = await host.currentProject();
  const { query = "", project, sort, since, before, limit, offset } = request;
  const isEverywhere = project?.toLowerCase() === "all";
  const { file } = host.near(current);
  const me = await host.user();
  const answer = await memories.ask({
    text: query,
    ...filterOf(request),
    ...projectsOf(project, current),
    ...(sort === undefined ? {} : { order: sort }),
    ...(since === undefined ? {} : { since }),
    ...(before === undefined ? {} : { before }),
    ...(file === undefined ? {} : { file }),
    ...(me === undefined ? {} : { me }),
    ...{ limit, offset },
  });
  const { hits, notes } = answer;
  const isElsewhere = notes.some(({ kind }) => kind === "elsewhere");
  // Of other projects only what may be recalled by itself is found.
  const isPartial =
    (isElsewhere || current === undefined || isEverywhere || hits.length === 0) &&
    (project === undefined || isEverywhere);
  const leftOut = isPartial ? await leftOutText(memories, filterOf(request), query) : "";
  const shortIds = await memories.shortIds(hits.map(({ id }) => id));
  const asked = query === "" ? "this choice" : `"${oneLine(query)}"`;
  const shown = answerText(asked, { ...answer, shortIds, project: current }, offset);
  return withLoading(host, leftOut === "" ? shown : `${shown}\n${leftOut}`);
}

/** Where a search looks: in the project at hand first, unless another is named, or all are. */
function projectsOf(
  named: string | undefined,
  current: Project | undefined,
): Pick<AskRequest, "projects" | "isHereOnly" | "isAutomatic"> {
  if (named?.toLowerCase() === "all") return whereToRecall([]);
  if (named !== undefined) return { projects: [named], isHereOnly: true };
  return whereToRecall(current === undefined ? [] : [current.id]);
}

/** Reads times as the memories do, from now on. */
function periodOf({ memories }: ToolHost): ReadPeriod {
  return (text) => memories.period(text);
}

/** What is chosen besides words and times. */
function filterOf({ query = "", type, file, author }: SearchInput) {
  return {
    ...(type === undefined ? kindsFor(query) : { types: [type] }),
    ...(file === undefined ? {} : { files: [file] }),
    ...(author === undefined ? {} : { authors: [author] }),
  };
}

async function timeline(host: ToolHost, input: unknown): Promise<string> {
  const { memories } = host;
  const request = await timelineInput(input, Date.now(), periodOf(host));
  const [result, project] = await Promise.all([memories.timeline(request), host.currentProject()]);
  const items = recallable(result.items, project, result.anchor);
  const left = result.items.filter((item) => item.flag !== undefined && !items.includes(item));
  const shortIds = await memories.shortIds(items.map(({ id }) => id));
  const shown = timelineText({ ...result, items, shortIds, project });
  const ids = left.map(({ id }) => id);
  return withLoading(
    host,
    left.length === 0 ? shown : `${shown}\n${flaggedText(ids, left.length)}`,
  );
}

async function get({ memories }: ToolHost, input: unknown): Promise<string> {
  const request = getInput(input);
  const block = await memories.context(request);
  await memories.recalled(block.citations.map(({ id }) => id));
  return getText(request.ids, block);
}

async function context(host: ToolHost, input: unknown): Promise<string> {
  const { files = host.filesAtHand(), maxTokens } = contextInput(input);
  const project = await host.currentProject();
  if (project === undefined) {
    throw new ToolInputError(
      "No folder is open, so there is no work to know about. Call recollect_memory_search instead.",
    );
  }
  const known = await workContext(host.memories, { project, files, maxTokens });
  await host.memories.recalled(known.citations.map(({ id }) => id));
  return withLoading(host, contextToolText(known, project.name));
}

async function patterns(host: ToolHost, input: unknown): Promise<string> {
  const { project, kind, limit } = patternsInput(input);
  const isEverywhere = project?.toLowerCase() === "all";
  const current = project === undefined ? await host.currentProject() : undefined;
  const wanted = isEverywhere ? undefined : (project ?? current?.id);
  if (wanted === undefined && !isEverywhere) {
    throw new ToolInputError(
      "No folder is open. Give project, a name or id as recollect_memory_search lists it, or 'all'.",
    );
  }
  const shown = await patternsOf(host.memories, {
    ...(wanted === undefined ? {} : { project: wanted }),
    ...(kind === undefined ? {} : { kinds: [kind] }),
    limit,
  });
  return withLoading(host, patternsText(shown, current?.name ?? wanted, kind !== undefined));
}

async function checkRemember(host: ToolHost, input: unknown): Promise<void> {
  const { text } = rememberInput(input);
  await host.requireRecording();
  if ((await host.memories.filtered(text)) !== undefined) return;
  throw new ToolInputError(rememberedText({ status: "skipped", reason: "private" }, false));
}

async function remember(host: ToolHost, input: unknown): Promise<string> {
  const given = rememberInput(input);
  const hasPrivate = await host.memories.hasPrivate(given.text);
  const isProposing = host.isProposing?.() === true;
  const text = rememberedText(await host.remember(given), hasPrivate);
  return isProposing ? `${text} ${PROPOSED_TEXT}` : text;
}

async function checkForget({ memories }: ToolHost, input: unknown): Promise<void> {
  // Rejects what is unknown, and the beginning of several ids.
  await memories.select(forgetInput(input));
}

async function forget(host: ToolHost, input: unknown): Promise<string> {
  const report = await host.memories.forget(forgetInput(input));
  host.onForgotten();
  return forgottenText(report);
}

/** Tells a model that more may be found in a moment, while that is so. */
function withLoading({ memories }: ToolHost, text: string): string {
  const percent = memories.loadedPercent;
  return percent === undefined ? text : `${text}\n${loadingText(percent)}`;
}
