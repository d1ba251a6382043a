import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { describe } from "../../common/Log.js";
import { createHandler } from "../../http/createHandler.js";
import { AddedNotes } from "./AddedNotes.js";
import { FileSettings } from "./FileSettings.js";
import { placeOfFolder } from "../git/gitProject.js";
import { gitRepository } from "../git/gitRepository.js";
import { openFolder, type FolderOptions } from "./openFolder.js";
import { SocketGuard } from "./SocketGuard.js";
import { listen } from "./webServer.js";
import { RootCommits } from "../../common/git/RootCommits.js";

/** How the server is to listen. */
export interface ServeOptions extends FolderOptions {
  /** 0 takes any port that is free. */
  readonly port: number;
  /** The secret that clients must send; `undefined` lets every program of this machine in. */
  readonly token: string | undefined;
  /** The folder whose repository the branch endpoints act on. */
  readonly repository: string;
  /** Whether answers are today's claude-mem's where its guide has another shape. */
  readonly isLikeToday: boolean;
  /** Observations of the injected context, if somebody chose. */
  readonly contextObservations: number | undefined;
  /** Called once requests are answered, with the address of the viewer. */
  readonly onReady: (address: string) => void;
}

/** Answers requests on the loopback address until the signal is aborted. */
export async function serve(options: ServeOptions, signal: AbortSignal): Promise<void> {
  const { folder, token, log, version } = options;
  // An editor's window counts what clients write, and undoes it.
  const added = new AddedNotes(folder, "mcp");
  const memories = await openFolder({ ...options, onAssistantWrite: (ids) => added.note(ids) });
  const settings = new FileSettings(join(folder, "serve.json"));
  const roots = new RootCommits();
  let port = options.port;
  const handler = createHandler(memories, {
    version,
    log,
    port: () => port,
    storagePath: join(folder, "mem1"),
    settings,
    tools: settings,
    isLikeToday: options.isLikeToday,
    ...(options.contextObservations === undefined
      ? {}
      : { contextObservations: options.contextObservations }),
    repository: () => gitRepository(options.repository),
    projectOf: async (cwd) => memories.projectAt((await placeOfFolder(cwd, roots)).place),
    rootsOf: async (cwd) => (await placeOfFolder(cwd, roots)).roots,
  });
  try {
    const guard = new SocketGuard(token, () => port);
    const server = await listen(options.port, (request) => guard.answer(request, handler));
    port = server.port;
    // Hooks ask whether it is ready before they send anything; nobody should have to ask twice.
    memories.open().catch((error: unknown) => log.warn(`not ready yet: ${describe(error)}`));
    options.onReady(`http://127.0.0.1:${port}/${token === undefined ? "" : `?token=${token}`}`);
    await aborted(signal);
    handler.close();
    await server.close();
  } finally {
    handler.close();
    await memories.dispose();
    await added.settled();
  }
}

/** A token that nobody guesses: 192 random bits. */
export function newToken(): string {
  return randomBytes(24).toString("base64url");
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
