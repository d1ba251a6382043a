/**
 * What Recollect's `activate` gives to other extensions.
 *
 * ```ts
 * const recollect = vscode.extensions.getExtension<RecollectApi>("recollect.recollect");
 * const api = await recollect?.activate();
 * if (api?.version === 1) await api.remember({ text: "We chose tabs" });
 * ```
 *
 * Ids are UUIDs, times are Unix milliseconds. A promise that stores something resolves once it is
 * durable. What is stored passes the same privacy filter as everything else; what the user has
 * paused or made private is refused with an error named `NotRecordingError`.
 */
import type { Event } from "vscode";

/** The API, of which later versions keep what this one has. */
export interface RecollectApi {
  readonly version: 1;

  /** Stores one text in the project at hand; `skipped` if nothing but private text was in it. */
  remember(note: RememberedNote): Promise<Remembered>;

  /** Best first; without words, newest first. Takes the query language of the search box. */
  search(query: string, options?: SearchOptions): Promise<FoundPage>;

  /** What stood around a memory, a session or a moment, oldest first. */
  timeline(around: TimelineAnchor, options?: TimelineOptions): Promise<FoundMemory[]>;

  /** Memories by their ids, in that order; unknown ones are left out. */
  get(ids: readonly string[]): Promise<WholeMemory[]>;

  /**
   * Says for the user, who was shown it and agreed, that a memory whose text reads like an
   * instruction is none, so that it is recalled like others. False if it is no longer remembered.
   */
  markHarmless(id: string): Promise<boolean>;

  /** Changes what a memory says; false if it is no longer remembered, or nothing may be kept of it. */
  edit(id: string, change: MemoryChanges): Promise<boolean>;

  /** Keeps a memory at hand, or no longer. False if it is no longer remembered. */
  pin(id: string, isPinned: boolean): Promise<boolean>;

  /** Memories as one block for a language model, fenced as data; about 3,000 tokens unless told. */
  context(ids: readonly string[], maxTokens?: number): Promise<FencedMemories>;

  /** Sessions, the one with the newest record first. */
  sessions(options?: SessionOptions): Promise<SessionPage>;

  /** What recurs over sessions, the most salient first. */
  patterns(options?: PatternOptions): Promise<readonly FoundPattern[]>;

  /** Fires when something was remembered or forgotten, here or in another window. */
  readonly onDidChange: Event<RecollectChange>;

  /**
   * Answers an HTTP request in this process, without a socket: the endpoints that clients of
   * claude-mem, OpenMemory and OmniMemory know. Only the path and the query of the address count.
   */
  fetch(request: Request): Promise<Response>;
}

/** What is to be remembered. */
export interface RememberedNote {
  readonly text: string;
  /** Its first line, unless there is one. */
  readonly title?: string;
  /** Who wrote it: the user, a language model, or else the extension that calls. */
  readonly author?: "user" | "assistant" | "tool";
  /** The file that it is about. */
  readonly file?: string;
  readonly concepts?: readonly string[];
}

/** What is to be different of a memory; what is absent stays. */
export interface MemoryChanges {
  readonly title?: string;
  /** The whole story, Markdown. */
  readonly narrative?: string;
  readonly type?:
    "discovery" | "decision" | "bugfix" | "feature" | "refactor" | "change" | "command";
}

export type Remembered =
  | { readonly status: "remembered"; readonly id: string }
  | { readonly status: "skipped"; readonly reason: "private" };

export interface SearchOptions {
  /** Ids or names of projects; all, unless told. */
  readonly projects?: readonly string[];
  readonly kinds?: readonly MemoryKind[];
  readonly since?: number;
  readonly before?: number;
  /** 1 to 200; 20 unless told. */
  readonly limit?: number;
  readonly offset?: number;
}

export type MemoryKind =
  "observation" | "summary" | "prompt" | "event" | "fact" | "session" | "context";

export type Sector = "episodic" | "semantic" | "procedural" | "emotional" | "reflective";

export interface RememberedProject {
  /** The normalised git remote, or the folder's address. */
  readonly id: string;
  readonly name: string;
}

/** A memory that was found: enough to choose by. */
export interface FoundMemory {
  readonly id: string;
  readonly kind: MemoryKind;
  readonly type?: string;
  readonly title: string;
  readonly preview: string;
  readonly at: number;
  readonly project: RememberedProject;
  readonly session?: string;
  /** How far it may be believed without a person looking at it. */
  readonly trust: "high" | "low";
  readonly isPinned: boolean;
  readonly sectors: readonly Sector[];
  /** Estimated cost of the whole memory in model tokens. */
  readonly tokens: number;
  /** Higher is better; comparable only within one search. */
  readonly score?: number;
}

export interface FoundPage {
  readonly hits: readonly FoundMemory[];
  readonly total: number;
  readonly hasMore: boolean;
}

/** Everything of one memory. */
export interface WholeMemory {
  readonly id: string;
  readonly kind: MemoryKind;
  readonly type?: string;
  readonly title: string;
  readonly subtitle?: string;
  readonly narrative?: string;
  readonly at: number;
  readonly project: RememberedProject;
  readonly session?: string;
  readonly trust: "high" | "low";
  readonly isPinned: boolean;
  readonly sectors: readonly Sector[];
  readonly facts: readonly string[];
  readonly concepts: readonly string[];
  readonly filesRead: readonly string[];
  readonly filesModified: readonly string[];
  readonly tokens: number;
  /** Everything but title and files as Markdown. It may hold anything: show it as data. */
  readonly text: string;
}

export type TimelineAnchor =
  { readonly id: string } | { readonly session: string } | { readonly at: number };

export interface TimelineOptions {
  /** Memories before, at most 100; 10 unless told. */
  readonly before?: number;
  /** Memories after, at most 100; 10 unless told. */
  readonly after?: number;
  readonly projects?: readonly string[];
}

export interface FencedMemories {
  readonly text: string;
  /** What each label in the text stands for. */
  readonly citations: readonly {
    readonly label: string;
    readonly id: string;
    readonly title: string;
  }[];
}

export interface SessionOptions {
  readonly project?: string;
  readonly isArchived?: boolean;
  /** 1 to 200; 20 unless told. */
  readonly limit?: number;
  readonly offset?: number;
}

export interface RememberedSession {
  readonly key: string;
  readonly project: RememberedProject;
  /** Who runs it, such as `vscode` or `claude-code`. */
  readonly source?: string;
  readonly title?: string;
  readonly startedAt: number;
  readonly lastAt: number;
  /** Absent while it goes on. */
  readonly endedAt?: number;
  readonly isPinned: boolean;
  readonly isArchived: boolean;
  readonly statistics: {
    readonly totalEvents: number;
    readonly sectors: Readonly<Partial<Record<Sector, number>>>;
    readonly uniqueFiles: number;
    readonly files: readonly string[];
    readonly durationMs: number;
    readonly edits: number;
    readonly testsRun: number;
    readonly testsFailed: number;
    readonly commits: number;
    readonly prompts: number;
    readonly observations: number;
  };
}

export interface SessionPage {
  readonly sessions: readonly RememberedSession[];
  readonly total: number;
}

export interface PatternOptions {
  /** Id or name; all, unless told. */
  readonly project?: string;
  /** Key of a session that shows them. */
  readonly session?: string;
  /** 20 unless told. */
  readonly limit?: number;
}

/** Something that recurs. */
export interface FoundPattern {
  /** The same wherever and whenever the same pattern is found. */
  readonly id: string;
  readonly kind: "sequence" | "co_change" | "error_fix" | "habit";
  /** Id of the project. */
  readonly project: string;
  /** One sentence, with the counts. */
  readonly description: string;
  /** Sessions it was seen in. */
  readonly support: number;
  /** Times it was seen. */
  readonly count: number;
  /** Share of cases in which it held, from 0 to 1. */
  readonly confidence: number;
  /** How many times as often as by chance. */
  readonly lift: number;
  /** Keys of the newest sessions with it. */
  readonly sessions: readonly string[];
  readonly files: readonly string[];
  readonly detectedAt: number;
  readonly lastReinforced: number;
  /** From 0 to 1. */
  readonly salience: number;
}

export interface RecollectChange {
  /** Ids of what was remembered here; empty if it was much at once or in another window. */
  readonly remembered: readonly string[];
  /** How many memories were forgotten here. */
  readonly forgotten: number;
}
