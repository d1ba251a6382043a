import type { Appended, Near, Note, Project } from "recollect-wasm";
import type { Memories } from "../memories/Memories.js";

/** What the tools for language models work with: a window of the editor, or a program. */
export interface ToolHost {
  readonly memories: Memories;
  /** The project at hand, or `undefined` if there is none. */
  currentProject(): Promise<Project | undefined>;
  /** What is at hand, for ranking. */
  near(project: Project | undefined): Near;
  /** Name of whoever works here, as commits have it. */
  user(): Promise<string | undefined>;
  /** Files at hand, as memories name them. */
  filesAtHand(): readonly string[];
  /** Whether what a model wants remembered waits for the user's approval. */
  readonly isProposing?: () => boolean;
  /** Remembers what a model has written, in the project at hand, or proposes it. */
  remember(note: Omit<Note, "origin">): Promise<Appended>;
  /** Throws a `ToolsOffError` while the tools are switched off. */
  requireTools(): Promise<void>;
  /** Throws a `NotRecordingError` while nothing of a model is stored. */
  requireRecording(): Promise<void>;
  /** Something was forgotten. */
  onForgotten(): void;
}
