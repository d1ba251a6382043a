import { createRequire } from "node:module";
import { join } from "node:path";
import type { Project, Trust } from "recollect-wasm";
import { memorySurface } from "../../common/agents/memorySurface.js";
import { describe } from "../../common/Log.js";
import { NotRecordingError } from "../../common/memories/WriteGuard.js";
import { ToolsOffError } from "../../common/tools/toolFailure.js";
import type { ToolHost } from "../../common/tools/ToolHost.js";
import type { serveMcp } from "../mcp/serveMcp.js";
import { AddedNotes } from "./AddedNotes.js";
import { FileSettings } from "./FileSettings.js";
import { projectOfFolder } from "../git/gitProject.js";
import { gitUser } from "../git/gitUser.js";
import { manifestTools } from "./manifest.js";
import { type FolderOptions, openFolder } from "./openFolder.js";
import { SharedStates } from "./SharedStates.js";
import { RootCommits } from "../../common/git/RootCommits.js";

/** How the server is to work. */
export interface McpOptions extends FolderOptions {
  /** The folder that is worked in, where somebody has said it. */
  readonly repository: string | undefined;
  /** Whether an editor that starts it has the tools from the extension. */
  readonly isBesideTools: boolean;
}

/** Serves the tools to one client on standard input and output until it goes. */
export async function runMcp(options: McpOptions, signal: AbortSignal): Promise<void> {
  const { folder, log, version } = options;
  const shared = new SharedStates(folder);
  await shared.refresh();
  const added = new AddedNotes(folder, "mcp");
  const all = await openFolder({
    ...options,
    privacyRules: () => shared.rules,
    onAssistantWrite: (ids) => added.note(ids),
  });
  const memories = all.askedBy("assistant");
  // The protocol's bundle lies beside this one; the command line's others do without it.
  const protocol = createRequire(__filename)(join(__dirname, "mcp.js")) as {
    serveMcp: typeof serveMcp;
  };
  const settings = new FileSettings(join(folder, "serve.json"));
  const known = new RootCommits();
  let told: string | undefined;
  let found:
    { folder: string; project: Promise<Project>; user: Promise<string | undefined> } | undefined;
  const currentFolder = (): string => {
    const { CLAUDE_PROJECT_DIR: ofClaude } = process.env;
    const at = options.repository ?? told ?? (ofClaude === "" ? undefined : ofClaude);
    return at ?? process.cwd();
  };
  const current = (): NonNullable<typeof found> => {
    const place = currentFolder();
    if (found?.folder !== place) {
      const project = projectOfFolder(memories, place, known);
      found = { folder: place, project, user: gitUser(place) };
    }
    return found;
  };
  const currentProject = (): Promise<Project> => current().project;
  /** What an editor with the folder open says of it holds here too. */
  const requireRecording = async (): Promise<Trust> => {
    const reason = await shared.reasonNotToStore(currentFolder());
    if (reason === "private" || reason === "paused") throw new NotRecordingError(reason);
    return reason === "restricted" ? "low" : "high";
  };
  const host: ToolHost = {
    memories,
    currentProject,
    near: (project) => (project === undefined ? {} : { project: project.id }),
    user: () => current().user,
    filesAtHand: () => [],
    remember: async (note) => {
      const trust = await requireRecording();
      const origin = { project: await currentProject(), provenance: "assistant" as const, trust };
      return memories.remember({ ...note, origin });
    },
    requireTools: async () => {
      if (!(await settings.isEnabled())) throw new ToolsOffError();
    },
    requireRecording: async () => {
      await requireRecording();
    },
    onForgotten: () => undefined,
  };
  try {
    const { isBesideTools } = options;
    const tools = await manifestTools();
    const surface = memorySurface(host, { tools, version, log, isBesideTools });
    const connection = {
      ...{ input: process.stdin, output: process.stdout },
      // Before, it would be in the way of the first answer; the first question needs it.
      onReady: () => {
        memories.open().catch((error: unknown) => log.warn(`not ready yet: ${describe(error)}`));
      },
      onError: (error: Error) => log.warn(`protocol: ${error.name}`),
      onRoots: (uris: readonly string[]) => {
        told = uris.find((uri) => uri.startsWith("file:"));
      },
    };
    await protocol.serveMcp(surface, connection, signal);
  } finally {
    await memories.dispose();
    await added.settled();
  }
}
