import * as vscode from "vscode";
import type { Answer, ContextBlock } from "recollect-wasm";
import { AnswerReader, answerMessages, type AnswerPart } from "../../common/recall/answer.js";
import { citationMarkdown } from "../../common/recall/present.js";
import type { App } from "../App.js";
import { findAnswer, showFound, type ChatTurn, type Shown } from "./chatCommands.js";
import { memoryUri } from "../documents/memoryDocument.js";
import { presentation, trustedMarkdown } from "../views/presentation.js";
import { readSettings } from "../settings.js";

/** Part of a model's input that memories may take; the rest is for the question and the answer. */
const CONTEXT_SHARE = 0.5;

/** Lists what is remembered about a question and lets the model answer from that alone. */
export async function answerQuestion(app: App, turn: ChatTurn): Promise<Shown> {
  const found = await findAnswer(app, turn);
  if (found === undefined) return { hits: [] };
  const { hits } = found;
  const shown: Shown = { hits, answer: found };
  // References come first: the chat view folds away all text that anything but text follows.
  for (const hit of hits) turn.stream.reference(memoryUri(hit.id, hit.title));
  const model = modelOf(turn.request);
  if (model === undefined || !found.isAnswered) {
    await showFound(app, turn, found);
    if (hits.length === 0 || model !== undefined) return shown;
    turn.stream.markdown(
      note(vscode.l10n.t("There is no language model to answer from these memories.")),
    );
    return shown;
  }
  const memories = await app.memories.context({
    ids: hits.map(({ id }) => id),
    maxTokens: Math.min(
      readSettings().maxContextTokens,
      Math.floor(model.maxInputTokens * CONTEXT_SHARE) || 3_000,
    ),
  });
  try {
    await app.memories.recalled(await streamAnswer(turn, model, { memories, found }), "reinforced");
    if (isCancelled(turn)) return shown;
    turn.stream.markdown("\n\n---\n\n");
    await showFound(app, turn, found);
  } catch (error) {
    if (isCancelled(turn)) return shown;
    app.log.warn(`the model did not answer: ${nameOf(error)}`);
    await showFound(app, turn, found);
    turn.stream.markdown(note(whyNoAnswer(error)));
  }
  return shown;
}

/** Asked anew each time: it can change while something is awaited. */
function isCancelled({ token }: ChatTurn): boolean {
  return token.isCancellationRequested;
}

/** The model of a request. The type says there always is one, but a window without any has none. */
function modelOf(request: vscode.ChatRequest): vscode.LanguageModelChat | undefined {
  return request.model;
}

/** Shows the model's answer as it comes, and gives the ids of the memories that it cites. */
async function streamAnswer(
  { request, stream, token, earlierQuestion }: ChatTurn,
  model: vscode.LanguageModelChat,
  { memories, found }: { memories: ContextBlock; found: Answer },
): Promise<string[]> {
  const messages = answerMessages(request.prompt, memories, {
    ...(earlierQuestion === undefined ? {} : { earlierQuestion }),
    ...{ now: Date.now(), found },
  });
  const response = await model.sendRequest(
    messages.map(({ text }) => vscode.LanguageModelChatMessage.User(text)),
    { justification: vscode.l10n.t("To answer your question from the memories that were found") },
    token,
  );
  const reader = new AnswerReader(memories.citations);
  const cited = new Set<string>();
  const show = (parts: readonly AnswerPart[]): void => {
    for (const part of parts) if ("citation" in part) cited.add(part.citation.id);
    showAnswer(stream, parts);
  };
  for await (const fragment of response.text) show(reader.push(fragment));
  show(reader.end());
  return [...cited];
}

function showAnswer(stream: vscode.ChatResponseStream, parts: readonly AnswerPart[]): void {
  for (const part of parts) {
    if ("text" in part) stream.markdown(trustedMarkdown(part.text));
    else stream.markdown(trustedMarkdown(citationMarkdown(part.citation, presentation)));
  }
}

/** What a model's failure is called. Its message may quote the question or the memories, which are not logged. */
function nameOf(error: unknown): string {
  if (error instanceof vscode.LanguageModelError) return error.code;
  return error instanceof Error ? error.name : typeof error;
}

function note(sentence: string): string {
  return `\n\n_${sentence}_`;
}

/** One sentence why there is only the list. */
function whyNoAnswer(error: unknown): string {
  if (error instanceof vscode.LanguageModelError) {
    switch (error.code) {
      case vscode.LanguageModelError.NoPermissions.name:
        return vscode.l10n.t(
          "The language model may not be used by Recollect, so these are the memories alone.",
        );
      case vscode.LanguageModelError.Blocked.name:
        return vscode.l10n.t(
          "The language model refused this request, or its quota is used up, so these are the memories alone.",
        );
      case vscode.LanguageModelError.NotFound.name:
        return vscode.l10n.t(
          "The language model is no longer there, so these are the memories alone.",
        );
      default:
    }
  }
  const message = error instanceof Error ? error.message : "";
  return /quota|rate.?limit|too many requests|limit reached/i.test(message)
    ? vscode.l10n.t("The quota of the language model is used up, so these are the memories alone.")
    : vscode.l10n.t("The language model did not answer, so these are the memories alone.");
}
