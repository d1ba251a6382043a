import type * as vscode from "vscode";
import type { AssistantWrites } from "../common/memories/AssistantWrites.js";
import type { Encryption } from "../common/storage/Encryption.js";
import type { LeavingMemories } from "../common/memories/LeavingMemories.js";
import type { Memories } from "../common/memories/Memories.js";
import type { Rewriter } from "../common/rewrite/Rewriter.js";
import type { WriteGuard } from "../common/memories/WriteGuard.js";
import type { RepeatedQuestion } from "./chat/RepeatedQuestion.js";
import type { Capture } from "./capture/Capture.js";
import type { GitLearning } from "./git/GitLearning.js";
import type { Host } from "./Host.js";
import type { MemoryDocuments } from "./documents/memoryDocument.js";
import type { Projects } from "./git/project.js";
import type { ReportDocuments } from "./documents/reportDocument.js";
import type { RecordingStatus } from "./status/RecordingStatus.js";
import type { TodayCount } from "./status/TodayCount.js";
import type { ToolsSwitch } from "./tools/ToolsSwitch.js";
import type { MemoryPages } from "./views/MemoryPages.js";
import type { MemoryViews } from "./views/MemoryViews.js";
import type { SearchView } from "./views/SearchView.js";

/** What commands, tools and the chat participant work with. */
export interface App {
  readonly log: vscode.LogOutputChannel;
  readonly memories: Memories;
  readonly encryption: Encryption;
  readonly guard: WriteGuard;
  readonly assistantWrites: AssistantWrites;
  /** What hooks of agents have recorded in this project. */
  readonly recordedByHooks: AssistantWrites;
  readonly capture: Capture;
  readonly learning: GitLearning;
  readonly rewriter: Rewriter;
  readonly projects: Projects;
  readonly documents: MemoryDocuments;
  readonly reports: ReportDocuments;
  readonly status: RecordingStatus;
  readonly todayCount: TodayCount;
  /** The lists of the side bar. */
  readonly views: MemoryViews;
  /** The search of the side bar. */
  readonly searchView: SearchView;
  /** Pages of memories and sessions. */
  readonly pages: MemoryPages;
  /** What the user has forgotten in a view and may still want back. */
  readonly leaving: LeavingMemories;
  readonly host: Host;
  /** What the next turn of the Chat view asks again. */
  readonly repeated: RepeatedQuestion;
  /** Whether language models may use the tools. */
  readonly tools: ToolsSwitch;
  /** Small values that all windows share. */
  readonly kept: vscode.Memento;
  readonly version: string;
  /** Where the memories are, for showing. */
  readonly storageUri: vscode.Uri;
}
