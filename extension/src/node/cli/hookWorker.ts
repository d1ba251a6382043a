import { chmod, mkdir, rm } from "node:fs/promises";
import { connect, createServer, type Server, type Socket } from "node:net";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { HookWork } from "../../common/agents/HookWork.js";
import type { FoundPlace } from "../../common/git/findPlace.js";
import { describe } from "../../common/Log.js";
import type { Memories } from "../../common/memories/Memories.js";
import { createHandler } from "../../http/createHandler.js";
import { AddedNotes } from "./AddedNotes.js";
import { readIfThere } from "../files.js";
import { FileSettings } from "./FileSettings.js";
import { pathOf, placeOfFolder } from "../git/gitProject.js";
import { HookFailure, LOCKED, logHook, reasonOf } from "./hookLog.js";
import { hookSocket, type HookMessage, type HookReply } from "./hookSocket.js";
import { type FolderOptions, openFolder } from "./openFolder.js";
import { writeWhole } from "./settingsFiles.js";
import { SharedStates } from "./SharedStates.js";
import { RootCommits } from "../../common/git/RootCommits.js";

/** How long the process waits for another hook before it ends, in seconds. */
const IDLE_SECONDS = 300;

/** Largest message: no text in it is longer than what a hook hands on. */
const MAX_MESSAGE = 32 * 1024 * 1024;

/** How long what is under way may go on once the process ends, in milliseconds. */
const ENDING_MS = 10_000;

/** More than the states of all sessions that are kept. */
const MAX_SESSIONS_BYTES = 4 * 1024 * 1024;

/** A hook is not in vain because a large store is still being read. */
const READING_LIMIT_MS = 120_000;

/**
 * Works for the hooks of agents while any of them works: with the memories open, each is answered in
 * a moment. Ends by itself a few minutes after the last one; only this user can reach it.
 */
export async function runHookWorker(options: FolderOptions, signal: AbortSignal): Promise<void> {
  const { folder, version, log } = options;
  const ending = new AbortController();
  signal.addEventListener("abort", () => ending.abort(), { once: true });
  const { RECOLLECT_HOOKS_SECONDS: told = "" } = process.env;
  const seconds = /^\d{1,5}$/.test(told) ? Number(told) : IDLE_SECONDS;
  const idle = setTimeout(() => ending.abort(), seconds * 1_000);
  const underWay = new Set<Promise<void>>();
  let opened: Promise<{ work: HookWork; memories: Memories }> | undefined;
  // The socket is there first: hooks wait for it, and what they say waits for the memories.
  const server = await listening(await hookSocket(folder, version), (socket) => {
    idle.refresh();
    const answered = answer(socket, folder, async () => {
      opened ??= openWork(options);
      return (await opened).work;
    }).finally(() => underWay.delete(answered));
    underWay.add(answered);
  });
  if (server !== undefined) {
    // A hook may have come before this line.
    opened ??= openWork(options);
    opened
      .then(({ memories }) => memories.open())
      .catch((error: unknown) => log.warn(`not ready yet: ${describe(error)}`));
    if (!ending.signal.aborted)
      await new Promise((resolve) => ending.signal.addEventListener("abort", resolve));
    server.close();
    const work = opened;
    const rest = Promise.allSettled(underWay).then(async () => {
      const { work: handled, memories } = await work;
      await handled.settled();
      await memories.dispose();
    });
    if (!(await hasEnded(rest))) {
      // Who asks and says nothing, or a folder that is gone, would keep the process for good.
      await logHook(folder, "worker", new HookFailure("not all could be finished at the end"));
      process.exit(1);
    }
  }
  clearTimeout(idle);
}

/** Whether work ends in time. */
async function hasEnded(work: Promise<unknown>): Promise<boolean> {
  let late: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<boolean>((resolve) => {
    late = setTimeout(() => resolve(false), ENDING_MS);
  });
  try {
    return await Promise.race([work.then(() => true), limit]);
  } finally {
    clearTimeout(late);
  }
}

async function openWork(options: FolderOptions): Promise<{ work: HookWork; memories: Memories }> {
  const { folder, log, version } = options;
  const shared = new SharedStates(folder);
  await shared.refresh();
  const memories = await openFolder({ ...options, privacyRules: () => shared.rules });
  const added = new AddedNotes(folder, "hooks");
  memories.changes.listen(({ remembered }) => added.note(remembered));
  const settings = new FileSettings(join(folder, "serve.json"));
  const sessions = join(folder, "hook-sessions.json");
  const known = new RootCommits();
  const place = (at: string): Promise<FoundPlace> => placeOfFolder(at, known);
  const handler = createHandler(memories, {
    ...{ version, log, readingLimitMs: READING_LIMIT_MS },
    projectOf: async (at) => memories.projectAt((await place(at)).place),
    rootsOf: async (at) => (await place(at)).roots,
  });
  const work = new HookWork({
    memories,
    tell: async (path, body) => {
      const request = new Request(`http://recollect${path}`, {
        ...{ method: "POST", body: JSON.stringify(body) },
        headers: { "Content-Type": "application/json" },
      });
      const response = await handler(request);
      if (response.status === 503 && (await isLocked(memories))) throw new HookFailure(LOCKED);
      if (response.status >= 400)
        throw new HookFailure(`${path} was answered with ${response.status}`);
      return response.json();
    },
    projectOf: async (at) => memories.projectAt((await place(at)).place),
    rootsOf: async (at) => (await place(at)).roots,
    fileName: async (at, path) => nameIn(await place(at), at, path),
    mayRecord: async (at) => (await shared.reasonNotToStore(at ?? "")) === undefined,
    mayRecall: () => settings.isEnabled(),
    kept: {
      read: async () => (await readIfThere(sessions, MAX_SESSIONS_BYTES))?.toString("utf8"),
      write: (text) => writeWhole(sessions, text, 0o600),
    },
  });
  return { work, memories };
}

/** Whether the memories stay closed because their key is not here. */
function isLocked(memories: Memories): Promise<boolean> {
  return memories.open().then(
    () => false,
    (error: unknown) => error instanceof Error && error.name === "LockedError",
  );
}

/** A file as memories name it, if it is in the folder's working tree. */
function nameIn({ roots, prefix }: FoundPlace, folder: string, path: string): string | undefined {
  const base = pathOf(folder);
  const told = path.startsWith("file:") ? (pathOf(path) ?? path) : path;
  if (base === undefined) return undefined;
  const whole = isAbsolute(told) ? resolve(told) : resolve(base, told);
  const found = (roots.length === 0 ? [base] : [...roots, ...rootAbove(base, prefix)])
    .map((root) => relative(root, whole))
    .find((name) => name !== "" && !isAbsolute(name) && name.split(sep)[0] !== "..");
  return found?.split(sep).join("/");
}

/** The root as the agent spells it. */
function rootAbove(folder: string, prefix: string): string[] {
  return [prefix === "" ? folder : resolve(folder, ...prefix.split("/").map(() => ".."))];
}

/** Reads one hook and writes what its model should know; what goes wrong is logged, and told by name. */
async function answer(
  socket: Socket,
  folder: string,
  opened: () => Promise<HookWork>,
): Promise<void> {
  // A hook that waits no longer is gone before its answer.
  socket.on("error", () => undefined);
  let reply: HookReply = {};
  let about = "worker";
  try {
    const text = await messageOf(socket);
    // The other end is our own program of the same version.
    const { hook } = JSON.parse(text) as HookMessage;
    about = `${hook.agent} ${hook.event}`;
    const work = await opened();
    const context = await work.handle(hook);
    if (context !== undefined) reply = { context };
    if (context !== undefined && socket.destroyed) await work.wasLate(hook);
  } catch (error) {
    reply = { problem: reasonOf(error) };
    // The hook may have stopped waiting.
    if (socket.destroyed) await logHook(folder, about, error);
  }
  if (!socket.destroyed) socket.end(JSON.stringify(reply));
}

/** All that the other end sends. The stream's own iterator would close the way back. */
function messageOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    socket.on("data", (part) => {
      length += part.length;
      if (length > MAX_MESSAGE) reject(new HookFailure("the message is too large"));
      else parts.push(part);
    });
    socket.once("end", () => resolve(Buffer.concat(parts).toString("utf8")));
    socket.once("error", reject);
    // Who goes without a word would else be waited for at the end.
    socket.once("close", () => reject(new HookFailure("the hook has gone")));
  });
}

/** A server at the socket; `undefined` if another process of this user is there already. */
async function listening(
  path: string,
  onSocket: (socket: Socket) => void,
): Promise<Server | undefined> {
  const isPipe = path.startsWith("\\\\");
  if (!isPipe) await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const server = createServer({ allowHalfOpen: true }, onSocket);
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject).listen(path, resolve);
      });
      if (!isPipe) await chmod(path, 0o600);
      return server;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    }
    if (await isAnswered(path)) return undefined;
    // Its process was ended before it could remove it.
    await rm(path, { force: true });
  }
  return undefined;
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const done = (isThere: boolean): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once("connect", () => done(true)).once("error", () => done(false));
  });
}
