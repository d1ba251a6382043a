import type { Memory, Origin, Project, Provenance, Trust } from "recollect-wasm";
import { describe, type Log } from "../common/Log.js";
import { filteredBeginning } from "../common/text/filteredBeginning.js";
import { EventHub, type StreamEvent } from "./EventHub.js";
import { roomFor } from "./Fields.js";
import type { HttpMemories } from "./HttpMemories.js";
import { Refusal } from "./Refusal.js";
import { observationRow, promptResult, promptRow, summaryRow, type Numbered } from "./rows.js";
import { SessionBook } from "./SessionBook.js";

/** What a client of claude-mem keeps between its starts. */
export interface ViewerSettings {
  readonly sidebarOpen: boolean;
  readonly selectedProject: string | null;
}

/** Keeps the few values that clients may set, for as long as the host likes. */
export interface KeptSettings {
  read(): Promise<Partial<ViewerSettings>>;
  write(settings: ViewerSettings): Promise<void>;
}

/** Whether assistants may use the memories through tools. */
export interface ToolSwitch {
  isEnabled(): boolean | Promise<boolean>;
  setEnabled(isEnabled: boolean): Promise<void>;
}

/** The state of a repository's branch. */
export interface BranchStatus {
  readonly current: string;
  /** The branch it follows, such as `origin/main`. */
  readonly remote: string | null;
  readonly ahead: number;
  readonly behind: number;
}

/** The opened repository; methods throw a {@link Refusal} for what cannot be done. */
export interface Repository {
  status(): Promise<BranchStatus>;
  /** Changes to a branch that exists, unless files have changes. */
  switchTo(branch: string): Promise<void>;
  /** Fetches and moves the branch forward; false if it was up to date. */
  update(): Promise<boolean>;
}

/** What the endpoints need of their host. Everything but the version may be absent. */
export interface HandlerOptions {
  /** The extension's version. */
  readonly version: string;
  /** The port that the handler is reached by, if it is by one. */
  readonly port?: () => number;
  /** Where the memories are, for showing. */
  readonly storagePath?: string;
  readonly settings?: KeptSettings;
  readonly tools?: ToolSwitch;
  /** The opened repository, if there is one. */
  readonly repository?: () => Promise<Repository | undefined>;
  /** The project of a folder that a client names; by its address alone, unless told. */
  readonly projectOf?: (folder: string) => Promise<Project>;
  /** The root of the working tree that a folder is in, in every spelling; files are named from there. */
  readonly rootsOf?: (folder: string) => Promise<readonly string[]>;
  /** How far what clients tell may be believed; `high`, unless told. */
  readonly trust?: () => Trust;
  /** How long a body may take to arrive, in milliseconds; half a minute, unless told. */
  readonly bodyLimitMs?: number;
  /** How long a request waits while a large store is read, in milliseconds; five seconds, unless told. */
  readonly readingLimitMs?: number;
  /** Whether answers are today's claude-mem's where its guide has another shape. */
  readonly isLikeToday?: boolean;
  /** Observations of the injected context; as many as claude-mem injects, unless told. */
  readonly contextObservations?: number;
  readonly log?: Log;
  /** Memories that a language model is to rewrite, and whether it is at work. */
  readonly rewriting?: () => { readonly depth: number; readonly isAsking: boolean };
}

/** As many observations as claude-mem injects unless it is told. */
const CONTEXT_OBSERVATIONS = 50;

/** Stands for a text of which nothing may be kept: what stores it says so. */
const ALL_PRIVATE = "<private>all of it</private>";

/** What all endpoints work with. */
export class Surface {
  readonly startedAt = Date.now();
  readonly hub: EventHub;
  readonly sessions: SessionBook;
  readonly #stopListening: () => void;
  #announcing: Promise<void> = Promise.resolve();

  constructor(
    readonly memories: HttpMemories,
    readonly options: HandlerOptions,
  ) {
    this.hub = new EventHub();
    this.sessions = new SessionBook(memories, this.hub, {
      projectOf: options.projectOf,
      originOf: (project, session) => this.origin(project, "tool", session),
    });
    this.#stopListening = memories.changes.listen(({ remembered, forgotten }) => {
      if (forgotten > 0) this.sessions.forgetAll();
      if (remembered.length > 0 && this.hub.clients > 0) this.#announce(remembered);
    });
  }

  /** Ends all streams; the memories stay open. */
  close(): void {
    this.#stopListening();
    this.hub.close();
  }

  /** Carries out work that the stream shows as processing, and tells what came of it first. */
  processing<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.hub.processing(async () => {
      const result = await work();
      await this.told();
      return result;
    });
  }

  /** Resolves once the stream was told of everything that is remembered by now. */
  told(): Promise<void> {
    return this.#announcing;
  }

  /** As much of a text of any length as a memory holds beside others, cut after it was filtered. */
  async fitting(text: string, others: readonly string[] = []): Promise<string> {
    const filter = (read: string): Promise<string | undefined> => this.memories.filtered(read);
    const kept = await filteredBeginning(text, filter, (one) => roomFor(one, others));
    return kept ?? ALL_PRIVATE;
  }

  /** Where something belongs that a client tells of. */
  origin(project: Project, provenance: Provenance, session?: string): Origin {
    const trust = this.options.trust?.() ?? "high";
    return { project, provenance, trust, ...(session === undefined ? {} : { session }) };
  }

  /** The names of all projects, each once. */
  async projectNames(): Promise<string[]> {
    const projects = await this.memories.projects();
    return [...new Set(projects.map(({ project }) => project.name))];
  }

  /** Most observations of the context that is injected. */
  get contextObservations(): number {
    return this.options.contextObservations ?? CONTEXT_OBSERVATIONS;
  }

  /** Memories with their numbers. */
  async numbered(memories: readonly Memory[]): Promise<Numbered[]> {
    const numbers = await this.memories.aliases(memories.map(({ id }) => id));
    return memories.map((memory, index) => ({ memory, number: numbers[index] ?? 0 }));
  }

  /** The memory that has a number. */
  async byNumber(number: number, what: string): Promise<Numbered> {
    const [id] = await this.memories.aliased([number]);
    const [memory] = id === undefined || id === "" ? [] : await this.memories.get([id]);
    if (memory === undefined) throw new Refusal(404, `id: there is no ${what} ${number}`);
    return { memory, number };
  }

  /** Tells the stream of new memories, in the order they came. */
  #announce(ids: readonly string[]): void {
    const before = this.#announcing;
    this.#announcing = (async () => {
      await before;
      for (const numbered of await this.numbered(await this.memories.get([...ids]))) {
        for (const event of eventsOf(numbered)) this.hub.send(event);
      }
    })().catch((error: unknown) => {
      this.options.log?.warn(`the stream was not told of new memories: ${describe(error)}`);
    });
  }
}

/** What the stream tells of a new memory: under the guide's name, then under today's. */
function eventsOf(numbered: Numbered): StreamEvent[] {
  const timestamp = Date.now();
  switch (numbered.memory.kind) {
    case "observation": {
      const observation = observationRow(numbered);
      return [
        { type: "observation_created", observation },
        { type: "new_observation", observation, timestamp },
      ];
    }
    case "summary": {
      const summary = summaryRow(numbered);
      return [
        { type: "summary_created", summary },
        { type: "new_summary", summary, timestamp },
      ];
    }
    case "prompt":
      // Both have one name here: the guide's fields, and today's row in one of them.
      return [{ type: "new_prompt", ...promptResult(numbered), prompt: promptRow(numbered) }];
    default:
      return [];
  }
}
