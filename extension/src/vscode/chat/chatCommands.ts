import * as vscode from "vscode";
import type { Answer, Aspect, Hit, Understood } from "recollect-wasm";
import type { ChatCommandName, CommandId } from "../../common/tools/contributions.js";
import { LISTED_KINDS } from "../../common/recall/listedKinds.js";
import { patternsMarkdown } from "../../common/recall/patternMarkdown.js";
import { patternsOf } from "../../common/recall/patternsOf.js";
import { hitsMarkdown, statsMarkdown, timelineMarkdown } from "../../common/recall/present.js";
import { findSessions, tellSession, type ToldSession } from "../../common/recall/findSessions.js";
import { sessionMarkdown, sessionsMarkdown } from "../../common/recall/sessionMarkdown.js";
import { fittingLine, noteSentences } from "../../common/recall/understanding.js";
import { searchAny, shortcutRequests, type Shortcut } from "../../common/recall/shortcuts.js";
import { escapeLine } from "../../common/text/markdown.js";
import type { App } from "../App.js";
import { chipsMarkdown } from "./askAgain.js";
import { askHere } from "../views/askHere.js";
import { rememberInChat } from "./rememberInChat.js";
import { forgetByChoice } from "../commands/forget.js";
import { loadingNote, presentation, trustedMarkdown } from "../views/presentation.js";
import { readSettings } from "../settings.js";

/** One request to the participant. */
export interface ChatTurn {
  readonly request: vscode.ChatRequest;
  readonly stream: vscode.ChatResponseStream;
  readonly token: vscode.CancellationToken;
  /** The question before this one in the same conversation. */
  readonly earlierQuestion: string | undefined;
  /** What was understood of the question before and is not to count. */
  readonly without: readonly Understood[];
}

/** What a turn has shown. */
export interface Shown {
  readonly hits: readonly Hit[];
  /** What the question came to, if one was asked. */
  readonly answer?: Answer | undefined;
}

const NOTHING: Shown = { hits: [] };

/** Answers a turn and returns what it showed. */
export type ChatCommand = (app: App, turn: ChatTurn) => Promise<Shown>;

/** What each command of the participant does. */
export const chatCommands: Readonly<Record<ChatCommandName, ChatCommand>> = {
  search,
  recent,
  timeline,
  decisions: (app, turn) => shortcut(app, turn, "decisions"),
  changes: (app, turn) => shortcut(app, turn, "changes"),
  how: (app, turn) => shortcut(app, turn, "how"),
  patterns,
  session,
  remember,
  forget,
  stats,
};

/** How many memories a list without a question shows. */
const LISTED = 20;

/** Memories of a timeline on each side. */
const TIMELINE_DEPTH = 10;

async function search(app: App, turn: ChatTurn): Promise<Shown> {
  const found = await findAnswer(app, turn);
  if (found === undefined) return NOTHING;
  await showFound(app, turn, found);
  return { hits: found.hits, answer: found };
}

/** What answers the turn's question; nothing if there is no question or it was cancelled. */
export async function findAnswer(app: App, turn: ChatTurn): Promise<Answer | undefined> {
  const { request, stream, token, earlierQuestion } = turn;
  const question = request.prompt.trim();
  if (question === "") {
    stream.markdown(
      vscode.l10n.t("Ask about something that was done, decided or learned, or try `/recent`."),
    );
    return undefined;
  }
  stream.progress(vscode.l10n.t("Searching memories"));
  // What was done a moment ago in this window may be what is asked for.
  await app.capture.settleSummary();
  const answer = await askHere(app, question, {
    limit: readSettings().maxMemories,
    without: aspectsOf(turn),
    // Words given to /search are meant as they are; a question may lean on the one before it.
    ...(request.command === "search" || earlierQuestion === undefined
      ? {}
      : { earlier: earlierQuestion }),
    ...fileOf(app, request),
  });
  return token.isCancellationRequested ? undefined : answer;
}

function aspectsOf({ without }: ChatTurn): Aspect[] {
  return without.map(({ aspect }) => aspect);
}

/** The file that a request refers to by `#file`, before the one that is open. */
function fileOf(app: App, { references }: vscode.ChatRequest): { file?: string } {
  for (const { value } of references) {
    const uri = value instanceof vscode.Location ? value.uri : value;
    const file = uri instanceof vscode.Uri ? app.projects.fileName(uri) : undefined;
    if (file !== undefined) return { file };
  }
  return {};
}

/** Notes that say by themselves that there is nothing. */
const NOTHING_NOTES = ["no_number", "nothing_then", "nothing_with"];

/** Lists what was found, those that fit first, or says that nothing was. */
export async function showFound(app: App, turn: ChatTurn, answer: Answer): Promise<void> {
  const { stream } = turn;
  const understood = chipsMarkdown(turn, answer);
  const notes = noteSentences(answer, vscode.l10n).map((note) => escapeLine(note, 300));
  const said = [...(understood === "" ? [] : [understood]), ...notes];
  if (answer.hits.length === 0) {
    const isSaid = answer.notes.some(({ kind }) => NOTHING_NOTES.includes(kind));
    const reasons = isSaid ? [] : [vscode.l10n.t("Nothing is remembered about this.")];
    await showNothing(app, stream, [...said, ...reasons].join("\n\n"));
    return;
  }
  const [here] = await Promise.all([
    app.projects.current(),
    app.memories.recalled(answer.hits.map(({ id }) => id)),
  ]);
  const list = hitsMarkdown(answer.hits, presentation, here?.id);
  stream.markdown(
    trustedMarkdown(
      [...said, fittingLine(answer, vscode.l10n), list, loadingMarkdown(app)].join("\n\n"),
    ),
  );
}

/** Says in Markdown, whose links are ours, that there is nothing, and offers what a newcomer does first. */
async function showNothing(
  app: App,
  stream: vscode.ChatResponseStream,
  sentence: string,
): Promise<void> {
  const loading = loadingMarkdown(app);
  // What is missing may just not have been read yet.
  if (loading !== "") {
    stream.markdown(trustedMarkdown(`${sentence}\n\n${loading}`));
    return;
  }
  if (!vscode.workspace.isTrusted || vscode.workspace.workspaceFolders === undefined) {
    stream.markdown(trustedMarkdown(sentence));
    return;
  }
  const projects = await app.projects.atHand();
  const known = await Promise.all(projects.map((project) => app.memories.knownCommits(project)));
  if (known.some((commits) => commits.length > 0)) {
    stream.markdown(trustedMarkdown(sentence));
    return;
  }
  const hint = vscode.l10n.t("**Memory: Learn from Git History** fills an empty memory.");
  stream.markdown(trustedMarkdown(`${sentence} ${hint}`));
  const command: CommandId = "recollect.learnFromGit";
  stream.button({ command, title: vscode.l10n.t("Learn from Git History") });
}

function loadingMarkdown(app: App): string {
  const note = loadingNote(app);
  return note === undefined ? "" : `_${note}_\n\n`;
}

/** The newest memories, or the newest of those that answer the words after it; sessions among them. */
async function recent(app: App, turn: ChatTurn): Promise<Shown> {
  const { request, stream, token } = turn;
  // The session under way is one of the newest memories.
  await app.capture.settleSummary();
  const text = request.prompt.trim();
  if (text !== "") {
    const answer = await askHere(app, text, {
      order: "newest",
      limit: LISTED,
      without: aspectsOf(turn),
    });
    if (token.isCancellationRequested) return NOTHING;
    await showFound(app, turn, answer);
    return { hits: answer.hits, answer };
  }
  const project = await app.projects.current();
  const { hits } = await app.memories.recent({
    ...(project === undefined ? {} : { projects: [project.id] }),
    kinds: LISTED_KINDS,
    limit: LISTED,
  });
  if (token.isCancellationRequested) return NOTHING;
  await showList(app, stream, hits, hitsMarkdown(hits, presentation, project?.id));
  return { hits };
}

async function timeline(app: App, { request, stream, token }: ChatTurn): Promise<Shown> {
  await app.capture.settleSummary();
  const text = request.prompt.trim();
  const project = await app.projects.current();
  const asked = text === "" ? undefined : await askHere(app, text, { limit: LISTED });
  const best = asked?.hits[0];
  if (asked !== undefined && best === undefined) {
    stream.markdown(
      vscode.l10n.t("Nothing is remembered about this, so there is no point in time to look at."),
    );
    return NOTHING;
  }
  // A file, a time or a person has a history of its own; words lead to one moment.
  if (asked !== undefined && asked.isAnswered && asked.subject === "") {
    const items = asked.hits.toSorted((a, b) => a.at - b.at);
    await showList(app, stream, items, timelineMarkdown({ items }, presentation));
    return { hits: items, answer: asked };
  }
  const around = best?.project ?? project;
  const result = await app.memories.timeline({
    anchor: best === undefined ? { at: Date.now() } : { id: best.id },
    before: best === undefined ? 2 * TIMELINE_DEPTH : TIMELINE_DEPTH,
    after: TIMELINE_DEPTH,
    // A session tells of its events; only a search by type is about single ones.
    ...(best?.kind === "event" ? {} : { kinds: LISTED_KINDS }),
    ...(around === undefined ? {} : { projects: [around.id] }),
  });
  if (token.isCancellationRequested) return NOTHING;
  await showList(app, stream, result.items, timelineMarkdown(result, presentation));
  return { hits: result.items };
}

/** What a shortcut stands for in the project at hand: the newest, or what matches the words after it. */
async function shortcut(app: App, turn: ChatTurn, name: Shortcut): Promise<Shown> {
  const { request, stream, token } = turn;
  const text = request.prompt.trim();
  const project = await app.projects.current();
  if (name === "changes" && text !== "") {
    // The changes of a file are its history, and those of last week are of last week.
    const answer = await askHere(app, text, {
      ...{ limit: LISTED, without: aspectsOf(turn) },
      ...fileOf(app, request),
    });
    if (token.isCancellationRequested) return NOTHING;
    if (answer.isAnswered && answer.understood.length > 0) {
      await showFound(app, turn, answer);
      return { hits: answer.hits, answer };
    }
  }
  const requests = shortcutRequests(name, {
    text,
    ...(project === undefined
      ? { isAutomatic: true }
      : { projects: [project.id], isHereOnly: true }),
    limit: LISTED,
  });
  const hits = await searchAny(app.memories, requests);
  if (token.isCancellationRequested) return NOTHING;
  if (hits.length === 0 && text !== "") {
    await showNothing(app, stream, vscode.l10n.t("Nothing is remembered about this."));
    return NOTHING;
  }
  await showList(app, stream, hits, hitsMarkdown(hits, presentation, project?.id));
  return { hits };
}

/** Patterns that are listed. */
const LISTED_PATTERNS = 12;

async function patterns(app: App, { stream, token }: ChatTurn): Promise<Shown> {
  // What has just happened counts too.
  await app.capture.settle();
  const project = await app.projects.current();
  const shown = await patternsOf(app.memories, {
    ...(project === undefined ? {} : { project: project.id }),
    limit: LISTED_PATTERNS,
  });
  if (token.isCancellationRequested) return NOTHING;
  const markdown =
    shown.length === 0
      ? vscode.l10n.t(
          "Nothing is known to recur here yet. Patterns are found once several sessions have been captured.",
        )
      : patternsMarkdown(shown, presentation);
  stream.markdown(trustedMarkdown(`${markdown}\n\n${loadingMarkdown(app)}`));
  return NOTHING;
}

/** Latest events of a session that are listed. */
const LISTED_EVENTS = 12;

/** Sessions that are listed. */
const LISTED_SESSIONS = 8;

/** The session under way; with words after it the sessions that fit, earlier ones too. */
async function session(app: App, turn: ChatTurn): Promise<Shown> {
  await app.capture.settleSummary();
  const text = turn.request.prompt.trim();
  const key = app.capture.session;
  if (text !== "") return sessions(app, turn, text);
  const told =
    key === undefined ? undefined : await tellSession(app.memories, key).catch(unlessThere);
  if (key === undefined || told === undefined) return lastSession(app, turn);
  const events = await app.memories.recent({
    ...{ session: key, kinds: ["event"] },
    limit: LISTED_EVENTS,
  });
  if (turn.token.isCancellationRequested) return NOTHING;
  const markdown = sessionMarkdown(told, events.hits, presentation);
  turn.stream.markdown(trustedMarkdown(`${markdown}\n\n${loadingMarkdown(app)}`));
  return { hits: told.commits.toReversed() };
}

async function sessions(app: App, { stream, token }: ChatTurn, text: string): Promise<Shown> {
  const found = await sessionsFor(app, text);
  if (token.isCancellationRequested) return NOTHING;
  if (found.length === 0) {
    stream.markdown(vscode.l10n.t("No session is remembered that fits this."));
    return NOTHING;
  }
  const markdown = sessionsMarkdown(found, presentation);
  stream.markdown(trustedMarkdown(`${markdown}\n\n${loadingMarkdown(app)}`));
  return { hits: found.flatMap(({ commits }) => commits.toReversed()) };
}

/** Says that no session is under way, and tells of the last one. */
async function lastSession(app: App, { stream, token }: ChatTurn): Promise<Shown> {
  const found = await sessionsFor(app, "last");
  if (token.isCancellationRequested) return NOTHING;
  const sentence =
    app.capture.sources.length === 0
      ? vscode.l10n.t("Nothing is captured in this window, so there is no session to tell of.")
      : vscode.l10n.t("Nothing has been captured in this session yet.");
  if (found.length === 0) {
    stream.markdown(sentence);
    return NOTHING;
  }
  const markdown = sessionsMarkdown(found, presentation);
  stream.markdown(
    trustedMarkdown(
      `${sentence} ${vscode.l10n.t("The last session:")}\n\n${markdown}\n\n${loadingMarkdown(app)}`,
    ),
  );
  return { hits: found.flatMap(({ commits }) => commits.toReversed()) };
}

async function sessionsFor(app: App, text: string): Promise<ToldSession[]> {
  const project = await app.projects.current();
  const current = app.capture.session;
  return findSessions(app.memories, {
    ...{ text, limit: LISTED_SESSIONS },
    ...(project === undefined ? {} : { project: project.id }),
    ...(current === undefined ? {} : { current }),
  });
}

/** The first event may not be on disk yet, and only what is can be found. */
function unlessThere(error: unknown): undefined {
  if (error instanceof Error && error.name === "NotFound") return undefined;
  throw error;
}

async function showList(
  app: App,
  stream: vscode.ChatResponseStream,
  hits: readonly Hit[],
  markdown: string,
): Promise<void> {
  if (hits.length === 0) {
    await showNothing(app, stream, vscode.l10n.t("Nothing is remembered in this project yet."));
    return;
  }
  stream.markdown(trustedMarkdown(`${markdown}\n\n${loadingMarkdown(app)}`));
}

async function remember(app: App, { request, stream }: ChatTurn): Promise<Shown> {
  await rememberInChat(app, request.prompt.trim(), stream);
  return NOTHING;
}

async function forget(app: App, { request, stream }: ChatTurn): Promise<Shown> {
  stream.progress(vscode.l10n.t("Choose what is to be forgotten"));
  const sentence = await forgetByChoice(app, request.prompt.trim());
  stream.markdown(sentence ?? vscode.l10n.t("Nothing was forgotten."));
  return NOTHING;
}

async function stats(app: App, { stream }: ChatTurn): Promise<Shown> {
  const [numbers, projects] = await Promise.all([app.memories.stats(), app.memories.projects()]);
  const markdown = statsMarkdown(numbers, projects.slice(0, LISTED), presentation);
  stream.markdown(`${markdown}\n\n${loadingMarkdown(app)}`);
  return NOTHING;
}
