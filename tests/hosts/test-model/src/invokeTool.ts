import * as vscode from "vscode";

/** Calls a tool as another extension's model would, and returns what it says. */
export async function invokeTool(name: string, input: unknown): Promise<string> {
  // The tool checks its own input; here it is whatever the test sent.
  const options = { input: input as object, toolInvocationToken: undefined };
  const result = await vscode.lm.invokeTool(name, options);
  return result.content
    .map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : ""))
    .join("");
}
