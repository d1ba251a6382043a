import { TOOLS, type ToolName } from "./contributions.js";

/** A tool as a host of language models shows it to them. */
export interface ToolDescription {
  readonly name: ToolName;
  readonly title: string;
  readonly description: string;
  /** JSON schema of its input, an object. */
  readonly inputSchema: { readonly type: "object"; readonly [key: string]: unknown };
  /** Whether it stores and ends nothing. */
  readonly isReadOnly: boolean;
}

const WRITING: readonly ToolName[] = ["recollect_memory_remember", "recollect_memory_forget"];

/**
 * The tools as the extension's manifest contributes them, which is the one place where their
 * descriptions and schemas stand. `words` are those that the manifest refers to.
 */
export function toolDescriptions(
  manifest: unknown,
  words: Readonly<Record<string, unknown>>,
): ToolDescription[] {
  // The manifest is this extension's own, and a test holds it to the list of tools.
  const { contributes } = manifest as {
    contributes: {
      languageModelTools: readonly {
        name: string;
        displayName: string;
        modelDescription: string;
        inputSchema: ToolDescription["inputSchema"];
      }[];
    };
  };
  return TOOLS.map((name) => {
    const tool = contributes.languageModelTools.find((one) => one.name === name);
    if (tool === undefined) throw new Error(`the manifest has no tool ${name}`);
    const title = words[tool.displayName.replaceAll("%", "")];
    return {
      name,
      title: typeof title === "string" ? title : name,
      description: tool.modelDescription,
      inputSchema: tool.inputSchema,
      isReadOnly: !WRITING.includes(name),
    };
  });
}

/** Whether a client's name of a tool is one of ours. */
export function isToolName(name: string): name is ToolName {
  return TOOLS.some((tool) => tool === name);
}
