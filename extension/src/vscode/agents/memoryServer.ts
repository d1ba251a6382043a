import * as vscode from "vscode";
import { isServerOffered, type OwnProgram } from "../../common/agents/OwnProgram.js";
import type { ToolsSwitch } from "../tools/ToolsSwitch.js";

/** The id in the manifest. */
const PROVIDER = "recollect.server";

/** What the editor offers since 1.101, which is newer than the oldest that this extension runs in. */
interface ServerApi {
  readonly registerMcpServerDefinitionProvider?: (
    id: string,
    provider: {
      readonly onDidChangeMcpServerDefinitions: vscode.Event<void>;
      readonly provideMcpServerDefinitions: () => Promise<readonly object[]>;
    },
  ) => vscode.Disposable;
}

type ServerDefinition = new (
  label: string,
  command: string,
  args: string[],
  env: Record<string, string>,
  version: string,
) => object;

/**
 * Offers the server of the Model Context Protocol where the plugin's own cannot start: without Node
 * on PATH, or where the editor takes no plugins. Two of them would ask everything twice.
 */
export function offerServer(
  tools: ToolsSwitch,
  version: string,
  program: OwnProgram,
): vscode.Disposable {
  // Both are absent from the types of the oldest editor.
  const { registerMcpServerDefinitionProvider: register } = vscode.lm as ServerApi;
  const { McpStdioServerDefinition: Definition } = vscode as unknown as {
    readonly McpStdioServerDefinition?: ServerDefinition;
  };
  if (register === undefined || Definition === undefined) return { dispose: () => undefined };
  const { command, args, env } = program;
  const definition = new Definition(
    "Recollect",
    command,
    [...args, "mcp", "--beside-tools"],
    { ...env },
    version,
  );
  return register(PROVIDER, {
    onDidChangeMcpServerDefinitions: tools.onDidChange,
    provideMcpServerDefinitions: async () => {
      const takesPlugins =
        vscode.workspace.getConfiguration("chat.plugins").get("enabled") === true;
      return isServerOffered(program, takesPlugins, await tools.isEnabled()) ? [definition] : [];
    },
  });
}
