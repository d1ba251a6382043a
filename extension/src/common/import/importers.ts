import { claudeCode } from "./claudeCode.js";
import { claudeMem } from "./claudeMem.js";
import { codex } from "./codex.js";
import { copilotCli } from "./copilotCli.js";
import { cursor } from "./cursor.js";
import { cursorAgent } from "./cursorAgent.js";
import { editorChats, editorMemory } from "./editorChats.js";
import { gemini } from "./gemini.js";
import type { Importer } from "./Importer.js";
import { claudeMemory, codexMemory, decisions } from "./markdownFiles.js";
import { opencode } from "./opencode.js";
import { basicMemory, mem0, openMemory } from "./memoryExports.js";

/** Everything that can be taken in, in the order in which it is listed. */
export const IMPORTERS: readonly Importer[] = [
  ...[claudeCode, claudeMemory, codex, codexMemory, copilotCli, gemini],
  ...[cursor, cursorAgent, opencode],
  ...[editorChats, editorMemory, decisions, claudeMem],
  ...[mem0, openMemory, basicMemory],
];
