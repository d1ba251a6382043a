import type { Commit } from "recollect-wasm";
import { knownFrom, type History, type Known, type Survey } from "../gitHistory.js";
import {
  HostingFailure,
  type HostedRepository,
  type HostedTag,
  type Left,
  type Page,
} from "./HostedRepository.js";
import type { KeptHosted } from "./KeptHosted.js";

/** Commits of one run whose files are asked for: that takes a request each. */
const MAX_WITH_FILES = 300;

/** No files are asked for once the service allows for fewer requests than that. */
const LEAST_REMAINING = 500;

/** Commits whose files the service may fail to tell before the run ends. */
const MAX_FAILURES = 3;

/** Commits with files that are learned together, so that there is soon something to ask. */
const WITH_FILES_TOGETHER = 25;

/** Tags of a repository that are read, by pages of a hundred. */
const MAX_TAG_PAGES = 10;

/** Commits asked for by name in one run: a request each. */
const MAX_NAMED = 100;

/** Commits without memories that are kept; without them they would be asked for again. */
const MAX_SKIPPED = 5_000;

interface Options {
  readonly kept: KeptHosted;
  /** What the workspace shows, if it says so. */
  readonly ref?: string | undefined;
  /** The commits that are memories, as lines of hashes. */
  readonly known: () => Promise<readonly string[]>;
  /** Calls back when something was left for later because of the service. */
  readonly onLeft: (left: Left) => void;
  readonly now: () => number;
}

/**
 * The history of a repository that no folder holds, as a hosting service tells of it.
 *
 * What is known and the parents that commits name say where to go on, so that nothing is asked
 * twice, wherever a run before has ended.
 */
export class HostedHistory implements History {
  readonly #repository: HostedRepository;
  readonly #options: Options;

  constructor(repository: HostedRepository, options: Options) {
    this.#repository = repository;
    this.#options = options;
  }

  async survey(maxCommits: number, known: Known, signal: AbortSignal): Promise<Survey> {
    const run = new Run(this.#repository, this.#options, known);
    await run.look(maxCommits, signal);
    return {
      ...{ missing: run.missing, known: run.reached, unreadable: 0, isCapped: run.isCapped },
      tagged: run.newTags,
      commits: (toSignal) => run.commits(toSignal),
      named: (hashes) => run.named(hashes, signal),
      left: () => run.left,
      withoutFiles: () => run.withoutFiles,
    };
  }

  async commit(): Promise<Commit | undefined> {
    // Nothing is committed in such a window without the service, which tells of it the next time.
    return undefined;
  }
}

/** One run over the history. */
class Run {
  readonly #repository: HostedRepository;
  readonly #options: Options;
  /** Commits that need not be asked for, with their parents. */
  readonly #dealt: Known;
  /** Where commits begin that were not dealt with, that of the first parents first. */
  #begins: string[] = [];
  #first: Page<Commit> | undefined;
  #head: string | undefined;
  /** What the run before began with. */
  #before: string | undefined;
  #tags: readonly HostedTag[] = [];
  readonly #told: Set<string>;
  readonly #read = new Map<string, readonly string[]>();
  #withFiles = 0;
  #failures = 0;
  missing = 0;
  reached = 0;
  isCapped = false;
  withoutFiles = 0;
  left: Left | undefined;

  constructor(repository: HostedRepository, options: Options, known: Known) {
    this.#repository = repository;
    this.#options = options;
    const { skipped = [], told = [] } = options.kept.notes;
    this.#dealt = new Map([...knownFrom(skipped), ...known]);
    this.#told = new Set(told);
  }

  /** Finds out what is missing. */
  async look(maxCommits: number, signal: AbortSignal): Promise<void> {
    const { restUntil = 0 } = this.#options.kept.notes;
    if (restUntil > this.#options.now()) {
      this.left = { reason: "limit", until: restUntil };
      return;
    }
    await this.#trying(signal, async () => {
      await this.#findHead(signal);
      this.#follow();
      await this.#readTags(signal);
      if (this.#head === undefined || this.#begins.length === 0) return;
      const { items = [], hasMore = true } = this.#first ?? {};
      const total = hasMore ? await this.#repository.count(this.#head, signal) : items.length;
      this.missing = Math.max(0, Math.min(total, maxCommits) - this.reached);
      this.isCapped = total > maxCommits;
    });
  }

  /** Tags whose releases were not told, by their commits. */
  get newTags(): ReadonlyMap<string, readonly string[]> {
    return byCommit(this.#tags.filter((tag) => !this.#told.has(lineOf(tag))));
  }

  /** What was not dealt with, newest first. */
  async *commits(signal: AbortSignal): AsyncGenerator<Commit[]> {
    const tagged = byCommit(this.#tags);
    try {
      for (let page = await this.#next(signal); page.length > 0; page = await this.#next(signal)) {
        for (let start = 0; start < page.length;) {
          const end = this.#mayAskForFiles ? start + WITH_FILES_TOGETHER : page.length;
          const group: Commit[] = [];
          for (const commit of page.slice(start, end)) {
            const whole = await this.#withChanges(commit, signal);
            const tags = tagged.get(commit.hash);
            group.push(tags === undefined ? whole : { ...whole, tags: [...tags] });
          }
          if (signal.aborted) return;
          for (const { hash, parents = [] } of group) this.#read.set(hash, parents);
          start = end;
          yield group;
        }
      }
    } finally {
      await this.#finish();
    }
  }

  /** These commits without what they changed, for the tags that stand at them. */
  async named(hashes: readonly string[], signal: AbortSignal): Promise<Commit[]> {
    const tagged = this.newTags;
    const found: Commit[] = [];
    for (const hash of this.left === undefined ? hashes.slice(0, MAX_NAMED) : []) {
      const isFound = await this.#trying(signal, async () => {
        const commit = await this.#repository.commit(hash, signal);
        found.push({ ...commit, files: [], tags: [...(tagged.get(hash) ?? [])] });
      });
      if (!isFound) break;
    }
    for (const { hash } of found) this.#tell(hash);
    await this.#options.kept.note({ told: [...this.#told] });
    return found;
  }

  async #findHead(signal: AbortSignal): Promise<void> {
    const { kept, ref } = this.#options;
    const { notes } = kept;
    this.#before = notes.head;
    const isSame = notes.head !== undefined && notes.ref === ref;
    const etag = isSame ? notes.etag : undefined;
    const page = await this.#repository.commits(undefined, 1, { etag, signal });
    if (page === "unchanged") {
      this.#head = notes.head;
      return;
    }
    this.#first = page;
    this.#head = page.items[0]?.hash;
    if (this.#head === undefined) return;
    await kept.note({
      ...{ head: this.#head, ref },
      ...(page.etag === undefined ? {} : { etag: page.etag }),
    });
  }

  /** Counts what was dealt with, and finds what it leads to that was not. */
  #follow(): void {
    const fresh = new Map(this.#first?.items.map(({ hash, parents = [] }) => [hash, parents]));
    const seen = new Set<string>();
    // What lies between the two may be more than one page tells.
    const open = [this.#before, this.#head].filter((hash) => hash !== undefined);
    for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
      if (seen.has(hash)) continue;
      seen.add(hash);
      const parents = this.#dealt.get(hash);
      if (parents === undefined) this.#begins.push(hash);
      else this.reached += 1;
      open.push(...[...(parents ?? fresh.get(hash) ?? [])].reverse());
    }
  }

  async #readTags(signal: AbortSignal): Promise<void> {
    const { kept } = this.#options;
    const { tags = [], tagsEtag: etag } = kept.notes;
    const found: HostedTag[] = [];
    for (let page = 1; page <= MAX_TAG_PAGES; page += 1) {
      const options = { signal, ...(page === 1 ? { etag } : {}) };
      const list = await this.#repository.tags(page, options);
      if (list === "unchanged") {
        this.#tags = tags.map(tagOf);
        return;
      }
      if (page === 1 && list.etag !== undefined) await kept.note({ tagsEtag: list.etag });
      found.push(...list.items);
      if (!list.hasMore) break;
    }
    this.#tags = found;
    await kept.note({ tags: found.map(lineOf) });
  }

  readonly #place: { from?: string; page: number } = { page: 0 };

  /** The next commits that were not dealt with; none at the end, or if the service gives no more. */
  async #next(signal: AbortSignal): Promise<Commit[]> {
    const place = this.#place;
    while (!signal.aborted && this.#read.size < this.missing && this.left === undefined) {
      if (place.from === undefined) {
        const begin = this.#begins.shift();
        if (begin === undefined) return [];
        if (this.#isDone(begin)) continue;
        place.from = begin;
        place.page = 0;
      }
      place.page += 1;
      let fresh: Commit[] = [];
      await this.#trying(signal, async () => {
        const page = await this.#pageAt(place.from ?? "", place.page, signal);
        fresh = page.items.filter(({ hash }) => !this.#isDone(hash));
        // What is behind a page on which nothing is new is found by the parents of what was.
        if (fresh.length === 0 || !page.hasMore) delete place.from;
        this.#begins.push(...fresh.flatMap(({ parents = [] }) => parents));
      });
      if (fresh.length > 0) return fresh.slice(0, this.missing - this.#read.size);
    }
    return [];
  }

  async #pageAt(from: string, page: number, signal: AbortSignal): Promise<Page<Commit>> {
    if (from === this.#head && page === 1 && this.#first !== undefined) return this.#first;
    const list = await this.#repository.commits(from, page, { signal });
    return list === "unchanged" ? { items: [], hasMore: false } : list;
  }

  #isDone(hash: string): boolean {
    return this.#dealt.has(hash) || this.#read.has(hash);
  }

  get #mayAskForFiles(): boolean {
    const { remaining } = this.#repository;
    const isAllowed = remaining === undefined || remaining >= LEAST_REMAINING;
    return this.#withFiles < MAX_WITH_FILES && isAllowed && this.left === undefined;
  }

  async #withChanges(commit: Commit, signal: AbortSignal): Promise<Commit> {
    let whole: Commit | undefined;
    if (this.#mayAskForFiles && !signal.aborted) {
      this.#withFiles += 1;
      await this.#trying(signal, async () => {
        whole = await this.#repository.commit(commit.hash, signal).catch((error: unknown) => {
          this.#failures += 1;
          // Some changes are too large for the service to tell of.
          if (isOfOne(error) && this.#failures <= MAX_FAILURES) return undefined;
          throw error;
        });
      });
    }
    if (whole === undefined) this.withoutFiles += 1;
    return whole ?? commit;
  }

  /** Does what needs the service; a failure of it ends the run, and what was learned stays. */
  async #trying(signal: AbortSignal, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      if (!(error instanceof HostingFailure)) throw error;
      this.left ??= error.left;
      return false;
    }
  }

  #tell(hash: string): void {
    for (const tag of this.#tags) if (tag.hash === hash) this.#told.add(lineOf(tag));
  }

  /** Notes what need not be asked for again. */
  async #finish(): Promise<void> {
    const { kept, known, onLeft } = this.#options;
    for (const hash of this.#read.keys()) this.#tell(hash);
    const remembered = knownFrom(await known());
    const lines = [...this.#read].flatMap(([hash, parents]) =>
      remembered.has(hash) ? [] : [[hash, ...parents].join(" ")],
    );
    const skipped = [...new Set([...(kept.notes.skipped ?? []), ...lines])].slice(-MAX_SKIPPED);
    const { left } = this;
    await kept.note({
      ...{ skipped, told: [...this.#told] },
      ...(left?.until === undefined ? {} : { restUntil: left.until }),
    });
    if (left !== undefined) onLeft(left);
  }
}

/** Whether a failure may be one of a single commit. */
function isOfOne(error: unknown): boolean {
  return error instanceof HostingFailure && ["server", "missing"].includes(error.left.reason);
}

function lineOf({ hash, name }: HostedTag): string {
  return `${hash} ${name}`;
}

function tagOf(line: string): HostedTag {
  const space = line.indexOf(" ");
  return { hash: line.slice(0, space), name: line.slice(space + 1) };
}

function byCommit(tags: readonly HostedTag[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { hash, name } of tags) found.set(hash, [...(found.get(hash) ?? []), name]);
  return found;
}
