import * as vscode from "vscode";
import { ModelError, type Model } from "../../common/rewrite/Model.js";
import { Rewriter, type RewriterOptions } from "../../common/rewrite/Rewriter.js";
import { readRewriteSettings } from "../settings.js";

type RewritingContext = Pick<
  RewriterOptions,
  "memories" | "mayRun" | "kept" | "shared" | "log" | "onChange"
>;

/** Looks at what waits whenever the user allows something else. */
export function followRewriteSettings(rewriter: Rewriter): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration("recollect.rewrite")) void rewriter.work();
  });
}

/** Has a language model of the editor rewrite what rules made, as far as the user's settings allow. */
export function createRewriter(context: RewritingContext): Rewriter {
  return new Rewriter({
    ...context,
    mayRun: () => vscode.workspace.isTrusted && context.mayRun(),
    model: chosenModel,
    settings: readRewriteSettings,
    now: () => Date.now(),
  });
}

async function chosenModel(): Promise<Model | undefined> {
  const { model: wanted } = readRewriteSettings();
  const models = await vscode.lm.selectChatModels();
  const chosen =
    wanted === "" ? models[0] : models.find(({ id, family }) => id === wanted || family === wanted);
  return chosen && modelOf(chosen);
}

function modelOf(chat: vscode.LanguageModelChat): Model {
  return {
    maxInputTokens: chat.maxInputTokens,
    async ask(messages, maxCharacters, signal) {
      const source = new vscode.CancellationTokenSource();
      const cancel = (): void => source.cancel();
      signal.addEventListener("abort", cancel);
      try {
        const response = await chat.sendRequest(
          messages.map(({ text }) => vscode.LanguageModelChatMessage.User(text)),
          {
            justification: vscode.l10n.t(
              "To rewrite memories in the background, as the setting recollect.rewrite.enabled allows",
            ),
          },
          source.token,
        );
        let answer = "";
        for await (const fragment of response.text) {
          answer += fragment;
          if (answer.length <= maxCharacters) continue;
          cancel();
          break;
        }
        return answer.slice(0, maxCharacters);
      } catch (error) {
        throw new ModelError(reasonOf(error));
      } finally {
        signal.removeEventListener("abort", cancel);
        source.dispose();
      }
    },
  };
}

/** What a failure means. Its message may quote the memories and goes nowhere. */
function reasonOf(error: unknown): ModelError["reason"] {
  if (!(error instanceof vscode.LanguageModelError)) return "failed";
  switch (error.code) {
    case vscode.LanguageModelError.NoPermissions.name:
      return "forbidden";
    case vscode.LanguageModelError.Blocked.name:
      return "refused";
    default:
      return "failed";
  }
}
