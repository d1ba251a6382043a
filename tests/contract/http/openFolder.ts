import { mkdtemp, rm } from "node:fs/promises";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Memories, type MemoriesOptions } from "../../../extension/src/common/memories/Memories.js";
import { createHandler, type Handler } from "../../../extension/src/http/createHandler.js";
import type { HandlerOptions } from "../../../extension/src/http/Surface.js";
import { FileSegmentStore } from "../../../extension/src/node/FileSegmentStore.js";
import type { Send } from "./Case.js";

/** A handler over memories in a folder of their own. */
export interface OpenHandler extends AsyncDisposable {
  readonly memories: Memories;
  readonly handler: Handler;
  readonly send: Send;
  readonly errors: string[];
}

export async function openHandler(
  options: Partial<HandlerOptions> = {},
  memoriesOptions: Partial<MemoriesOptions> = {},
): Promise<OpenHandler> {
  const folder = await mkdtemp(join(tmpdir(), "recollect-http-"));
  const errors: string[] = [];
  const ignore = (): void => undefined;
  const log = {
    debug: ignore,
    info: ignore,
    warn: ignore,
    error: (line: string) => void errors.push(line),
  };
  const memories = new Memories({
    store: new FileSegmentStore(join(folder, "mem1")),
    quarantine: new FileSegmentStore(join(folder, "mem1"), "bad"),
    readModule: () => readFile(join(import.meta.dirname, "../../../pkg/recollect_wasm_bg.wasm")),
    app: "0.0.0-test",
    log,
    ...memoriesOptions,
  });
  const handler = createHandler(memories, { version: "0.0.0-test", log, ...options });
  return {
    memories,
    handler,
    errors,
    send: (method, path, body) => handler(requestOf(`http://recollect${path}`, method, body)),
    async [Symbol.asyncDispose]() {
      handler.close();
      await memories.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A request with a JSON body, or with the text as it is. */
export function requestOf(url: string, method: string, body: unknown): Request {
  if (body === undefined) return new Request(url, { method });
  return new Request(url, {
    method,
    headers: { "Content-Type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}
