import type { Readable, Writable } from "node:stream";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import {
  CallToolRequestSchema,
  ErrorCode,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
  RootsListChangedNotificationSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { isUnknownName, type McpSurface } from "../../common/agents/McpSurface.js";

/** The streams of a connection, and who hears of it. */
export interface McpConnection {
  readonly input: Readable;
  readonly output: Writable;
  /** Called with what is no message of the protocol. */
  readonly onError: (error: Error) => void;
  /** Called once the client knows the server. */
  readonly onReady: () => void;
  /** Called with the folders that the client works in, once it has told them. */
  readonly onRoots: (uris: readonly string[]) => void;
}

/** What MCP calls an address that leads to nothing. */
const RESOURCE_NOT_FOUND = -32_002;

/** How long a client may take to tell its folders. */
const ROOTS_LIMIT_MS = 2_000;

/** Serves one client over two streams until it goes or the signal is aborted. */
export async function serveMcp(
  surface: McpSurface,
  { input, output, onError, onReady, onRoots }: McpConnection,
  signal: AbortSignal,
): Promise<void> {
  const { name, version, instructions } = surface;
  // The high-level class wants its schemas in zod; ours stand in the manifest as JSON.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const server = new Server(
    { name, version, title: "Recollect" },
    { capabilities: { tools: {}, resources: {}, prompts: {} }, instructions },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: (surface.hasToolsAlready(server.getClientVersion()?.name ?? "")
      ? []
      : surface.tools
    ).map(({ name: tool, title, description, inputSchema, isReadOnly }) => ({
      ...{ name: tool, title, description, inputSchema },
      annotations: {
        ...{ title, readOnlyHint: isReadOnly, openWorldHint: false },
        ...(isReadOnly ? {} : { destructiveHint: tool.endsWith("_forget") }),
      },
    })),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    const { text, isError } = await proper(surface.call(params.name, params.arguments ?? {}));
    return { content: [{ type: "text" as const, text }], isError };
  });
  server.setRequestHandler(ListResourcesRequestSchema, async () => {
    const resources = await proper(surface.resources());
    return { resources: resources.map((one) => ({ ...one, mimeType: "text/plain" })) };
  });
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({
    resourceTemplates: surface.templates.map((one) => ({ ...one, mimeType: "text/plain" })),
  }));
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params: { uri } }) => ({
    contents: [{ uri, mimeType: "text/plain", text: await proper(surface.read(uri)) }],
  }));
  server.setRequestHandler(ListPromptsRequestSchema, () => ({
    prompts: surface.prompts.map((one) => ({ ...one, arguments: [...one.arguments] })),
  }));
  server.setRequestHandler(GetPromptRequestSchema, async ({ params }) => {
    const text = await proper(surface.prompt(params.name, params.arguments ?? {}));
    return { messages: [{ role: "user" as const, content: { type: "text" as const, text } }] };
  });
  const askRoots = (): void => {
    server
      .listRoots(undefined, { timeout: ROOTS_LIMIT_MS })
      .then(({ roots }) => onRoots(roots.map(({ uri }) => uri)), onError);
  };
  server.oninitialized = () => {
    onReady();
    if (server.getClientCapabilities()?.roots !== undefined) askRoots();
  };
  server.setNotificationHandler(RootsListChangedNotificationSchema, askRoots);
  server.onerror = onError;

  const closed = new Promise<void>((resolve) => {
    server.onclose = resolve;
    // The transport does not notice that the client is gone.
    input.once("end", resolve).once("close", resolve);
    output.once("error", () => resolve());
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await server.connect(new StdioServerTransport(input, output));
  await closed;
  await server.close();
}

/** A name that there is not is an error of the protocol, with the code it has for that. */
async function proper<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!isUnknownName(error)) throw error;
    const code = error.kind === "resource" ? RESOURCE_NOT_FOUND : ErrorCode.InvalidParams;
    throw new McpError(code, error.message);
  }
}
