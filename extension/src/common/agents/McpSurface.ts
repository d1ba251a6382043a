import type { ToolDescription } from "../tools/toolDescriptions.js";

/** What a server of the Model Context Protocol gives, without the protocol. */
export interface McpSurface {
  readonly name: string;
  readonly version: string;
  /** What a client tells its model about the server. */
  readonly instructions: string;
  readonly tools: readonly ToolDescription[];
  /** Whether a client of this name has the tools already, so that it is not told of them again. */
  readonly hasToolsAlready: (client: string) => boolean;
  readonly prompts: readonly PromptDescription[];
  readonly templates: readonly ResourceTemplate[];
  /** Does what a tool does; a failure is an answer too. */
  call(name: string, input: unknown): Promise<ToolAnswer>;
  resources(): Promise<ResourceDescription[]>;
  /** The text behind an address. */
  read(uri: string): Promise<string>;
  /** The text that a prompt stands for. */
  prompt(name: string, values: Readonly<Record<string, string>>): Promise<string>;
}

export interface ToolAnswer {
  readonly text: string;
  readonly isError: boolean;
}

export interface ResourceDescription {
  readonly uri: string;
  readonly name: string;
  readonly description: string;
}

export interface ResourceTemplate {
  readonly uriTemplate: string;
  readonly name: string;
  readonly description: string;
}

export interface PromptDescription {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly arguments: readonly { readonly name: string; readonly description: string }[];
}

/** A client asked for something that there is not: a tool, a prompt or a resource. */
export class UnknownNameError extends Error {
  override readonly name = "UnknownNameError";

  constructor(
    readonly kind: "tool" | "prompt" | "resource",
    readonly asked: string,
  ) {
    super(`there is no ${kind} of this name`);
  }
}

/** The same across bundles, each of which has a class of its own. */
export function isUnknownName(error: unknown): error is UnknownNameError {
  return error instanceof Error && error.name === "UnknownNameError";
}
