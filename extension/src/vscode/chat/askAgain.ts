import * as vscode from "vscode";
import type { Answer, Understood } from "recollect-wasm";
import { chips } from "../../common/recall/understanding.js";
import { escapeLine } from "../../common/text/markdown.js";
import type { App } from "../App.js";
import { pickAnswer } from "../views/askPick.js";
import type { Repeated } from "./RepeatedQuestion.js";

/** A turn of the Chat view, as far as it is asked again. */
interface AskedTurn {
  readonly request: Pick<vscode.ChatRequest, "prompt" | "command">;
  readonly earlierQuestion: string | undefined;
  readonly without: readonly Understood[];
}

/** What the link of a chip carries. */
interface Again extends Repeated {
  /** The participant's command. */
  readonly command?: string;
}

/** How a question was understood; each part has a link that asks again without it, or with it. */
export function chipsMarkdown(turn: AskedTurn, answer: Answer): string {
  const { request, without, earlierQuestion } = turn;
  const shown = chips(answer, without, vscode.l10n).map(({ label, part, isLeftOut }) => {
    if (part === undefined) return `_${escapeLine(label, 200)}_`;
    const again: Again = {
      question: request.prompt,
      without: isLeftOut
        ? without.filter(({ aspect }) => aspect !== part.aspect)
        : [...without, part],
      ...(request.command === undefined ? {} : { command: request.command }),
      ...(earlierQuestion === undefined ? {} : { earlier: earlierQuestion }),
    };
    const [sign, hint] = isLeftOut
      ? ["+", vscode.l10n.t("Ask with it again")]
      : ["×", vscode.l10n.t("Ask again without it")];
    const told = isLeftOut ? `~~${escapeLine(label, 200)}~~` : `_${escapeLine(label, 200)}_`;
    return `${told} [${sign}](${commandLink(again)} "${hint}")`;
  });
  return shown.join(" · ");
}

function commandLink(again: Again): string {
  // Parentheses would end the link.
  const encoded = encodeURIComponent(JSON.stringify([again])).replace(
    /[()]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `command:recollect.askAgain?${encoded}`;
}

/** Asks a question again in the Chat view, or in a list where there is no such view. */
export async function askAgain(app: App, given: unknown): Promise<void> {
  const again = readAgain(given);
  if (again === undefined) return;
  app.repeated.keep(again);
  const command = again.command === undefined ? "" : `/${again.command} `;
  const query = `@memory ${command}${again.question}`;
  try {
    await vscode.commands.executeCommand("workbench.action.chat.open", { query });
  } catch {
    const picked = await pickAnswer(app, again);
    if (picked !== undefined) await vscode.commands.executeCommand("recollect.openMemory", picked);
  }
}

/** What a link carries; nothing if something else runs the command. */
function readAgain(given: unknown): Again | undefined {
  if (typeof given !== "object" || given === null) return undefined;
  // It is checked part by part.
  const { question, without, command, earlier } = given as Record<string, unknown>;
  if (typeof question !== "string" || !Array.isArray(without)) return undefined;
  return {
    question,
    without: without.filter(isUnderstood),
    ...(typeof command === "string" && /^[a-z]+$/.test(command) ? { command } : {}),
    ...(typeof earlier === "string" ? { earlier } : {}),
  };
}

function isUnderstood(part: unknown): part is Understood {
  if (typeof part !== "object" || part === null) return false;
  const { aspect, text, value } = part as Record<string, unknown>;
  return [aspect, text, value].every((field) => typeof field === "string");
}
