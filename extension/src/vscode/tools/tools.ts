import * as vscode from "vscode";
import { describe } from "../../common/Log.js";
import { memoryCount } from "../../common/text/count.js";
import { forgetLimits } from "../../common/memories/forgetText.js";
import { escapeLine } from "../../common/text/markdown.js";
import { TOOLS, type ToolName } from "../../common/tools/contributions.js";
import { checkTool, runTool } from "../../common/tools/runTool.js";
import { sentenceForModel } from "../../common/tools/toolFailure.js";
import type { ToolHost } from "../../common/tools/ToolHost.js";
import { forgetInput } from "../../common/tools/toolInput.js";
import type { App } from "../App.js";
import { propose, rememberText } from "../commands/remember.js";
import { isAskingToKeep } from "../settings.js";

type Prepare = (
  input: unknown,
  app: App,
) => vscode.PreparedToolInvocation | Promise<vscode.PreparedToolInvocation>;

/** What the user sees while a tool runs, and is asked before. */
const prepare: Record<ToolName, Prepare> = {
  recollect_memory_search: (input) => ({
    invocationMessage: vscode.l10n.t(
      "Searching memories for {0}",
      escapeLine(shown(input, "query") || shown(input, "file"), 80),
    ),
  }),
  recollect_memory_timeline: () => ({
    invocationMessage: vscode.l10n.t("Looking at the timeline of memories"),
  }),
  recollect_memory_get: () => ({ invocationMessage: vscode.l10n.t("Reading memories") }),
  recollect_memory_context: () => ({
    invocationMessage: vscode.l10n.t("Looking at what is known of this work"),
  }),
  recollect_memory_patterns: () => ({
    invocationMessage: vscode.l10n.t("Looking at what recurs"),
  }),
  recollect_memory_remember: (input) => ({
    invocationMessage: vscode.l10n.t("Remembering"),
    // What waits for approval needs none before.
    ...(isAskingToKeep()
      ? {}
      : {
          confirmationMessages: {
            title: vscode.l10n.t("Remember this?"),
            message: new vscode.MarkdownString(
              `${vscode.l10n.t("It will be found in later sessions:")}\n\n${escapeLine(shown(input, "text"), 2_000)}`,
            ),
          },
        }),
  }),
  recollect_memory_forget: confirmForget,
};

export function registerTools(app: App): vscode.Disposable {
  const host = toolHost(app);
  return vscode.Disposable.from(
    ...TOOLS.map((name) =>
      vscode.lm.registerTool<unknown>(name, {
        prepareInvocation: ({ input }) =>
          explained(app, name, async () => {
            // Nobody is asked about what would be refused.
            await checkTool(host, name, input);
            return prepare[name](input, app);
          }),
        invoke: ({ input }) =>
          explained(app, name, async () => {
            const text = await runTool(host, name, input);
            return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
          }),
      }),
    ),
  );
}

/** What the tools work with in this window. */
export function toolHost(app: App): ToolHost {
  const { memories, projects } = app;
  return {
    memories,
    currentProject: () => projects.current(),
    near: (project) => projects.near(project),
    user: () => projects.user(),
    filesAtHand: () => {
      const { file } = projects.near(undefined);
      return file === undefined ? [] : [file];
    },
    isProposing: isAskingToKeep,
    remember: (note) =>
      isAskingToKeep() ? propose(app, note) : rememberText(app, note, "assistant"),
    requireTools: () => app.tools.require(),
    requireRecording: async () => app.guard.requireRecording("assistant"),
    onForgotten: () => app.documents.refresh(),
  };
}

/** What is thrown becomes a sentence for the model; the log has the reason. */
async function explained<Result>(
  { log }: App,
  name: ToolName,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    log.warn(`${name}: ${describe(error)}`);
    throw new Error(sentenceForModel(error), { cause: error });
  }
}

/** The question that names what goes; without it nothing is forgotten. */
async function confirmForget(input: unknown, app: App): Promise<vscode.PreparedToolInvocation> {
  const memories = await app.memories.get(forgetInput(input).ids);
  const titles = memories.map(({ title }) => `- ${escapeLine(title, 120)}`);
  const message = [
    vscode.l10n.t("These memories will be gone for good, in every window:"),
    "",
    ...titles,
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

/** A text of the input for showing. */
function shown(input: unknown, field: string): string {
  // An object has only string keys that matter here.
  const value =
    typeof input === "object" && input !== null
      ? (input as Record<string, unknown>)[field]
      : undefined;
  return typeof value === "string" ? value : "";
}
