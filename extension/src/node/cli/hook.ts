import { spawn, type ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { AGENTS, type Hook, type HookEvent } from "../../common/agents/Hook.js";
import { hookAnswer } from "../../common/agents/hookAnswer.js";
import { readHook } from "../../common/agents/readHook.js";
import { HookFailure, logHook } from "./hookLog.js";
import { hookSocket, type HookMessage, type HookReply } from "./hookSocket.js";
import { storageFolder } from "./storageFolder.js";

/** More than agents send, the output of a tool with it; of what is longer nothing is read. */
const MAX_INPUT = 32 * 1024 * 1024;

/** How long an agent may take to send its JSON. */
const INPUT_MS = 5_000;

/** How long handing over may take, while the process that works for hooks starts. */
const HAND_OVER_MS = 4_000;

/** How often it is started, where it ends at once. */
const MAX_STARTS = 3;

/** Between two attempts to reach it. */
const RETRY_MS = 15;

/** How long an agent is kept waiting for an answer, once what it told was handed over. */
const ANSWER_MS: Readonly<Record<HookEvent, number>> = {
  SessionStart: 3_000,
  UserPromptSubmit: 1_500,
  PreToolUse: 700,
  PostToolUse: 1_500,
  PostToolUseFailure: 1_500,
  Stop: 1_500,
  SubagentStop: 1_500,
  PreCompact: 1_500,
  // One agent gives all of its hooks a second and a half.
  SessionEnd: 400,
};

/** An agent that ends waits for its hooks. */
const END_MS = 900;

/** How long everything of a hook may take where somebody says so, such as on a slow machine. */
function toldMs(): number | undefined {
  const { RECOLLECT_HOOKS_WAIT_SECONDS: told = "" } = process.env;
  return /^\d{1,4}$/.test(told) ? Number(told) * 1_000 : undefined;
}

/**
 * Answers one hook of an agent: reads its JSON, hands it to the process that has the memories open,
 * and writes the answer in the agent's form. Never fails: some agents deny what they were about to
 * do if a hook ends with a code.
 */
export async function runHook(args: readonly string[]): Promise<void> {
  const flags = flagsOf(args);
  const folder = storageFolder(flags["storage"]);
  const isGemini = flags["agent"] === "gemini";
  let about = [flags["agent"], flags["event"]].map((name) => known(name)).join(" ");
  let hook: Hook | undefined;
  let context: string | undefined;
  try {
    hook = readHook(
      await readInput(),
      { agent: flags["agent"], event: flags["event"] },
      process.env,
    );
    if (hook === undefined)
      throw new HookFailure("the input is of no agent and event that is known");
    about = `${hook.agent} ${hook.event}`;
    context = await ask(folder, hook);
  } catch (error) {
    await logHook(folder, about, error);
  }
  const answer = hook === undefined ? (isGemini ? "{}\n" : "") : hookAnswer(hook, context);
  await new Promise<void>((resolve) => process.stdout.write(answer, () => resolve()));
}

/** `--name value` and `--name=value`; what is not understood is passed over. */
function flagsOf(args: readonly string[]): Readonly<Record<string, string | undefined>> {
  const flags: Record<string, string> = {};
  for (const [index, arg] of args.entries()) {
    const [, name, value = args[index + 1]] =
      /^--(agent|event|storage)(?:=(.*))?$/s.exec(arg) ?? [];
    if (name !== undefined && value !== undefined) flags[name] = value;
  }
  return flags;
}

/** What the command line names, if it is a word that may stand in a log. */
function known(name: string | undefined): string {
  if (name === undefined) return "-";
  return /^[\w-]{1,40}$/.test(name) || AGENTS.some((agent) => agent === name) ? name : "?";
}

async function readInput(): Promise<unknown> {
  const late = setTimeout(
    () => process.stdin.destroy(new HookFailure("the input did not end")),
    toldMs() ?? INPUT_MS,
  );
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of process.stdin as AsyncIterable<Buffer>) {
    length += part.length;
    if (length <= MAX_INPUT) parts.push(part);
  }
  clearTimeout(late);
  if (length > MAX_INPUT) throw new HookFailure(`the input has more than ${MAX_INPUT} bytes`);
  try {
    return JSON.parse(decoded(Buffer.concat(parts))) as unknown;
  } catch {
    // The error would quote the input.
    throw new HookFailure("the input is no JSON");
  }
}

/** The text of what was sent: some shells write UTF-16, with a mark or without, and end it with a zero. */
function decoded(bytes: Buffer): string {
  const [first, second] = bytes;
  const isBig = first === 0 || (first === 0xfe && second === 0xff);
  const isWide = isBig || second === 0 || (first === 0xff && second === 0xfe);
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const text = !isWide
    ? bytes.toString("utf8")
    : (isBig ? whole.swap16() : whole).toString("utf16le");
  let end = text.length;
  while (text.charCodeAt(end - 1) === 0) end -= 1;
  return text.slice(text.startsWith("\ufeff") ? 1 : 0, end);
}

async function ask(folder: string, hook: Hook): Promise<string | undefined> {
  const message: HookMessage = { hook };
  const path = await hookSocket(folder, await version());
  const told = toldMs();
  const handOverMs = told ?? (hook.event === "SessionEnd" ? END_MS : HAND_OVER_MS);
  const socket = await reach(path, folder, handOverMs);
  const answerMs = told ?? ANSWER_MS[hook.event];
  const reply = await exchange(socket, JSON.stringify(message), answerMs);
  if (reply.problem !== undefined) throw new HookFailure(reply.problem);
  return reply.context;
}

/** A connection to the process that works for hooks, which is started if there is none. */
async function reach(path: string, folder: string, limitMs: number): Promise<Socket> {
  const until = performance.now() + limitMs;
  let starts = 0;
  let isStarting = false;
  for (;;) {
    try {
      return await connected(path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "ENOENT" && code !== "ECONNREFUSED" && code !== "EAGAIN") throw error;
    }
    if (!isStarting && starts < MAX_STARTS) {
      starts += 1;
      isStarting = true;
      // One that ended before it was reached has to be followed by another.
      start(folder).once("exit", () => {
        isStarting = false;
      });
    }
    if (performance.now() > until) throw new HookFailure("the process for hooks cannot be reached");
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

function connected(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once("connect", () => resolve(socket)).once("error", reject);
  });
}

function start(folder: string): ChildProcess {
  const args = [join(__dirname, "cli.js"), "hook-worker", "--storage", folder];
  const options = { detached: true, stdio: "ignore", windowsHide: true } as const;
  const child = spawn(process.execPath, args, options);
  // That it could not be started shows in that it is not reached.
  child.once("error", () => undefined);
  child.unref();
  return child;
}

/** Sends a text and reads the reply; late, that is nothing, and the work goes on without us. */
function exchange(socket: Socket, text: string, limitMs: number): Promise<HookReply> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const finish = (): void => {
      clearTimeout(late);
      socket.destroy();
    };
    let late: ReturnType<typeof setTimeout> | undefined;
    socket.on("data", (part) => parts.push(part));
    socket.once("error", (error) => {
      finish();
      reject(error);
    });
    socket.once("end", () => {
      finish();
      try {
        resolve(JSON.parse(Buffer.concat(parts).toString("utf8")) as HookReply);
      } catch {
        reject(new HookFailure("the process for hooks ended"));
      }
    });
    socket.end(text, () => {
      late = setTimeout(() => {
        finish();
        resolve({ problem: "no answer in time; what was told is kept" });
      }, limitMs);
    });
  });
}

async function version(): Promise<string> {
  const text = await readFile(join(__dirname, "..", "package.json"), "utf8");
  // All of it would have to be parsed, and it is read at each use of a tool.
  return /"version": ?"([^"]{1,40})"/.exec(text)?.[1] ?? "unknown";
}
