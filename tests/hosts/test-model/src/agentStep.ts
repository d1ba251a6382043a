import * as vscode from "vscode";
import { chooseSkill, skillsIn } from "./skillChoice.js";

/** What a model does next: it says something, or calls a tool. */
export type Step =
  { readonly text: string } | { readonly tool: string; readonly input: Record<string, unknown> };

/** What the editor's agent puts around what a person asked. */
const ASKED = /<userRequest>\s*(.*?)\s*<\/userRequest>/gs;

/** The editor's tool by which a skill is read. */
const READ = "read_file";

/** Longer than any skill. */
const LINES = 500;

/**
 * The next step of a model in the editor's agent that knows only what it is told: it reads the skill
 * whose description fits what was asked, and calls the first tool that the skill names.
 */
export function agentStep(
  messages: readonly vscode.LanguageModelChatRequestMessage[],
  tools: readonly vscode.LanguageModelChatTool[],
): Step {
  const said = messages.map(textOf).join("\n");
  const read = resultOf(messages, READ);
  if (read !== undefined) {
    const named = [...read.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
    const tool = named.find((name) => tools.some((one) => one.name === name));
    if (tool === undefined) return { text: "The skill names no tool." };
    const told = resultOf(messages, tool);
    return told === undefined ? { tool, input: {} } : { text: `It said: ${told.slice(0, 400)}` };
  }
  const prompt = [...said.matchAll(ASKED)].at(-1)?.[1] ?? "";
  const descriptions = tools.map(({ description }) => description);
  const skill = chooseSkill(prompt, skillsIn(said), descriptions);
  if (skill === undefined) return { text: "No skill is about that." };
  return { tool: READ, input: { filePath: skill.file, startLine: 1, endLine: LINES } };
}

/** What the last use of a tool gave, in this conversation. */
function resultOf(
  messages: readonly vscode.LanguageModelChatRequestMessage[],
  tool: string,
): string | undefined {
  const parts = messages.flatMap(({ content }) => [...content]);
  const call = parts.findLast(
    (part) => part instanceof vscode.LanguageModelToolCallPart && part.name === tool,
  ) as vscode.LanguageModelToolCallPart | undefined;
  const result = parts.find(
    (part) => part instanceof vscode.LanguageModelToolResultPart && part.callId === call?.callId,
  ) as vscode.LanguageModelToolResultPart | undefined;
  return result?.content
    .map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : ""))
    .join("");
}

function textOf({ content }: vscode.LanguageModelChatRequestMessage): string {
  return content
    .map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : ""))
    .join("");
}
