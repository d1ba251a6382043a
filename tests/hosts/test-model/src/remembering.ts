import * as vscode from "vscode";
import { invokeTool } from "./invokeTool.js";

/** How many are remembered at the same time. */
const AT_ONCE = 3;

/** Assistants may remember 60 times a minute; a test that kills the host is over before that. */
const PAUSE_MS = 30;

/**
 * Remembers one numbered word after the other for as long as this host lives, and leaves the file
 * `<word>.acknowledged` in a folder once the tool has said that it is remembered.
 */
export function rememberOnAndOn(name: string, folder: vscode.Uri): void {
  const remember = async (first: number): Promise<never> => {
    for (let number = first; ; number += AT_ONCE) {
      const word = `${name}n${number}`;
      await invokeTool("recollect_memory_remember", { text: word });
      await vscode.workspace.fs.writeFile(
        vscode.Uri.joinPath(folder, `${word}.acknowledged`),
        new Uint8Array(),
      );
      await new Promise((settle) => setTimeout(settle, PAUSE_MS));
    }
  };
  for (let first = 0; first < AT_ONCE; first += 1) void remember(first);
}

/** Remembers a text, and reloads the window the moment it is acknowledged. */
export async function rememberAndReload(text: string): Promise<void> {
  await invokeTool("recollect_memory_remember", { text });
  await vscode.commands.executeCommand("workbench.action.reloadWindow");
}

/** Those of the words that no memory is found by. */
export async function missing(words: readonly string[]): Promise<string[]> {
  const notFound: string[] = [];
  for (const word of words) {
    const found = await invokeTool("recollect_memory_search", { query: word, project: "all" });
    if (!found.includes(word)) notFound.push(word);
  }
  return notFound;
}
