import {
  hasPrivate,
  stripPrivate,
  type Activity,
  type Answer,
  type AskRequest,
  type ContextBlock,
  type ContextRequest,
  type Filter,
  type ForgetSelection,
  type Memory,
  type Pattern,
  type PatternRequest,
  type Period,
  type Place,
  type Project,
  type ProjectStats,
  type Recollect,
  type SearchRequest,
  type SearchResult,
  type Seen,
  type Selected,
  type SessionDetail,
  type SessionList,
  type SessionRequest,
  type Stats,
  type TimelineRequest,
  type TimelineResult,
} from "recollect-wasm";
import type { LazyMemories } from "./LazyMemories.js";
import { inEnglish } from "../text/inEnglish.js";

/**
 * What can be asked of the memories; nothing here stores any.
 *
 * The module is loaded and the files are read at the first use. While a large store is still
 * being read, questions are answered from what has been read, unless all is needed for the answer
 * to be true.
 */
export class MemoryReader {
  /** The module and the files, opened at their first use. */
  protected readonly lazy: LazyMemories;

  protected constructor(lazy: LazyMemories) {
    this.lazy = lazy;
  }

  /** How much has been read, in percent, while that is not all; answers are from that much. */
  get loadedPercent(): number | undefined {
    return this.lazy.loadedPercent;
  }

  /** Loads the module and begins to read the segments, once; later calls wait for the same work. */
  async open(): Promise<void> {
    await this.lazy.open();
  }

  /** Resolves once everything that is there has been read. */
  async readAll(): Promise<void> {
    await this.lazy.whole();
  }

  /** Takes in what other windows wrote, if the memories are in use at all. Never rejects. */
  refresh(): Promise<void> {
    return this.lazy.refresh();
  }

  /** Like {@link MemoryReader.refresh}, however short ago the last look was. */
  refreshNow(): Promise<void> {
    return this.lazy.refreshNow();
  }

  /** Lets memories be found by what they mean at once; see {@link OpenMemories.waitForMeaning}. */
  async waitForMeaning(patienceMs: number): Promise<void> {
    await (await this.lazy.open()).waitForMeaning(patienceMs);
  }

  /** Keeps to the user's privacy rules as they are now, and tells what is wrong with them. */
  checkRules(): void {
    this.lazy.checkRules();
  }

  /** The project that a place belongs to; what it was called before is found from here on. */
  async projectAt(place: Place): Promise<Project> {
    // Half of a character, which no address can hold, is none.
    const folder = place.folder.replace(/\p{Surrogate}/gu, "\ufffd");
    return (await this.lazy.open()).core.projectAt({ ...place, folder });
  }

  /** The project of an id, or of a name that it has or had. */
  async projectNamed(name: string): Promise<Project | undefined> {
    return (await this.lazy.fresh()).core.projectNamed(name);
  }

  async search(request: SearchRequest): Promise<SearchResult> {
    const opened = await this.lazy.fresh();
    if (mayAskByNames(request)) await opened.learnNames();
    const meant = await opened.meant(request.text);
    return opened.core.search({ now: Date.now(), ...meant, ...request }, Date.now());
  }

  /** What answers a question in plain words: of English, or of a language that `inEnglish` knows. */
  async ask(request: AskRequest): Promise<Answer> {
    const opened = await this.lazy.fresh();
    await opened.learnNames();
    const meant = await opened.meant(request.text);
    const ask = (asked: AskRequest): Answer =>
      opened.core.ask({ now: Date.now(), ...meant, ...asked }, Date.now());
    const plain = ask(request);
    const { text = "", earlier } = request;
    const english = inEnglish(text);
    if (english === undefined) return plain;
    const before = earlier === undefined ? undefined : (inEnglish(earlier) ?? earlier);
    const asked = ask({
      ...request,
      text: english,
      ...(before === undefined ? {} : { earlier: before }),
    });
    // Where memories are in that language themselves, their words are known as they were typed.
    return unknownWords(plain) < unknownWords(asked) ? plain : asked;
  }

  /** The time that a text is, such as `last week`, `7d` or `2026-01-31`; nothing if it is none. */
  async period(text: string): Promise<Period | undefined> {
    return (await this.lazy.use()).core.period(text, Date.now());
  }

  async recent(filter: Filter): Promise<SearchResult> {
    return (await this.lazy.fresh()).core.recent(filter, Date.now());
  }

  async get(ids: string[]): Promise<Memory[]> {
    const isMissing = (found: Memory[]): boolean => found.length < ids.length;
    return this.certain((core) => core.get(ids, Date.now()), isMissing);
  }

  async timeline(request: TimelineRequest): Promise<TimelineResult> {
    return this.certain((core) => core.timeline(request, Date.now()));
  }

  /** The shortest beginnings of ids by which they are known, in that order. */
  async shortIds(ids: string[]): Promise<string[]> {
    return (await this.lazy.open()).core.shortIds(ids);
  }

  /** The memories that edits change, by the edits' ids; empty for what is no edit or was taken back. */
  async editedBy(edits: string[]): Promise<string[]> {
    return this.certain(
      (core) => core.editedBy(edits),
      (ids) => ids.includes(""),
    );
  }

  /** Whole numbers for memories, for clients that know no UUIDs; 0 for an id that is not here. */
  async aliases(ids: string[]): Promise<number[]> {
    const numbers = await this.certain(
      (core) => core.aliases(ids),
      (found) => found.includes(0),
    );
    return [...numbers];
  }

  /** The ids that {@link MemoryReader.aliases} gave these numbers; empty for a number that none has. */
  async aliased(numbers: number[]): Promise<string[]> {
    return this.certain(
      (core) => core.aliased(Float64Array.from(numbers)),
      (ids) => ids.includes(""),
    );
  }

  /** Sessions, the one with the newest record first. */
  async sessions(request: SessionRequest): Promise<SessionList> {
    return (await this.lazy.fresh()).core.sessions(request, Date.now());
  }

  /** A session with its latest summary; rejects with a `NotFound` error if nothing is recorded of it. */
  async session(key: string): Promise<SessionDetail> {
    return this.certain((core) => core.session(key, Date.now()));
  }

  /** What recurs over sessions, the most salient first. */
  async patterns(request: PatternRequest): Promise<Pattern[]> {
    return (await this.lazy.whole()).core.patterns(request, Date.now());
  }

  /** How much memories matter, in that order; unknown ids are left out. */
  async seen(ids: string[]): Promise<Seen[]> {
    return (await this.lazy.fresh()).core.seen(ids, Date.now());
  }

  /** Whether a session's latest prompt is private as a whole, so that nothing follows from it. */
  async isPromptPrivate(session: string): Promise<boolean> {
    return (await this.lazy.whole()).core.promptPrivacy(session);
  }

  /** What the privacy filter leaves of a text; nothing if all of it is private. */
  async stripPrivate(text: string): Promise<string | undefined> {
    await this.lazy.open();
    return stripPrivate(text);
  }

  /** What the filter, with the user's rules, leaves of a text; nothing if all of it is private. */
  async filtered(text: string): Promise<string | undefined> {
    const opened = await this.lazy.open();
    this.lazy.checkRules();
    return opened.core.filtered(text);
  }

  /** Whether a text has a privacy tag, so that not all of it is kept. */
  async hasPrivate(text: string): Promise<boolean> {
    await this.lazy.open();
    return hasPrivate(text);
  }

  async projects(): Promise<ProjectStats[]> {
    return (await this.lazy.fresh()).core.projects(Date.now());
  }

  async stats(): Promise<Stats> {
    return (await this.lazy.fresh()).core.stats(Date.now());
  }

  /** How memories spread over days, kinds of remembering and, at most so many, files. */
  async activity(filter: Filter, mostFiles: number): Promise<Activity> {
    return (await this.lazy.fresh()).core.activity(filter, mostFiles, Date.now());
  }

  /** Memories fenced as data for a model, without characters that only a model would see. */
  async context(request: ContextRequest): Promise<ContextBlock> {
    return (await this.lazy.fresh()).core.context(request, Date.now());
  }

  /** The commits of a project that are remembered, a line each: its hash and those of its parents. */
  async knownCommits(project: Project): Promise<string[]> {
    return (await this.lazy.whole()).core.knownCommits(project.id);
  }

  /** Shows what a selection holds. */
  async select(selection: ForgetSelection): Promise<Selected> {
    return (await this.lazy.whole()).core.select(selection, Date.now());
  }

  /** Of whole ids those whose records are here already, or were forgotten. */
  async knownAmong(ids: string[]): Promise<Set<string>> {
    return new Set((await this.lazy.whole()).core.knownAmong(ids));
  }

  /** What is asked of all memories, if not all are read and something is missing in the answer. */
  protected async certain<Answer>(
    ask: (core: Recollect) => Answer,
    isMissing: (answer: Answer) => boolean = () => false,
  ): Promise<Answer> {
    const opened = await this.lazy.fresh();
    if (opened.loadedPercent === undefined) return ask(opened.core);
    try {
      const answer = ask(opened.core);
      if (!isMissing(answer)) return answer;
    } catch (error) {
      if (!(error instanceof Error && error.name === "NotFound")) throw error;
    }
    return ask((await this.lazy.whole()).core);
  }
}

/** Whether a search may have a condition on files or authors; words alone need no names. */
function mayAskByNames({ text, files, authors }: SearchRequest): boolean {
  return text?.includes(":") === true || files !== undefined || authors !== undefined;
}

function unknownWords({ notes }: Answer): number {
  return notes.filter(({ kind }) => kind === "unknown_word").length;
}
