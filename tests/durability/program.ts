/**
 * A process of the durability test, which is killed while it works:
 * `node program.mjs <role> <folder> <module> <name> <seed> <minutes>`.
 *
 * It says on standard output what it is about to do and what was acknowledged, one word pair a line.
 * Node writes to a pipe before the call returns, so what is said is not lost with the process.
 */
import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { Recollect } from "recollect-wasm";
import { NotSavedError } from "../../extension/src/common/memories/Flusher.js";
import type { Memories } from "../../extension/src/common/memories/Memories.js";
import { openFolder, origin } from "./openFolder.js";
import { seeded } from "./random.js";

const [role = "", folder = "", modulePath = "", name = "", seed = "", minutes = ""] =
  process.argv.slice(2);
const random = seeded(Number(seed));

function say(
  what: "ready" | "forgetting" | "remembered" | "forgotten" | "deleted",
  token = "",
): void {
  process.stdout.write(`${what} ${token}\n`);
}

const options = {
  readModule: () => readFile(modulePath),
  onDelete: (file: string) => say("deleted", file),
  onProblem: (message: string) => console.error(message),
};

/** Remembers numbered texts and forgets some of anybody's, without end. */
async function write(): Promise<never> {
  const memories = openFolder(folder, options);
  await memories.open();
  // What the module compiles and builds at its first filtering takes as long as some lives last.
  await memories.filtered("ready");
  say("ready");
  for (let number = 0; ; number += 1) {
    const choice = random();
    if (choice < 0.15) await forgetOne(memories);
    else if (choice < 0.3) await rememberTogether(memories, number, 2 + Math.floor(random() * 6));
    else if (choice < 0.4) void notice(memories, `${name}n${number}`);
    else await rememberOne(memories, `${name}n${number}`);
    await wait(random() * 15);
  }
}

async function rememberOne(memories: Memories, token: string): Promise<void> {
  try {
    const { status } = await memories.remember({ text: textOf(token), origin });
    if (status === "pending") say("remembered", token);
  } catch (error) {
    // On a machine that stands still for seconds, another process took the file for an abandoned one.
    if (!(error instanceof NotSavedError)) throw error;
  }
}

/** Several at once share a file. */
async function rememberTogether(memories: Memories, number: number, count: number): Promise<void> {
  const tokens = Array.from({ length: count }, (_, index) => `${name}n${number}i${index}`);
  await Promise.all(tokens.map((token) => rememberOne(memories, token)));
}

/** Written a moment later, as what the editor tells by itself. */
async function notice(memories: Memories, token: string): Promise<void> {
  const [appended] = await memories.appendLater([
    { kind: "observation", type: "change", title: token, narrative: textOf(token), origin },
  ]);
  if (appended?.status === "pending") say("remembered", token);
}

function textOf(token: string): string {
  return `${token}\n${"What was decided and why. ".repeat(Math.floor(random() * 20))}`;
}

/** One of the memories that this process sees; the other writer may forget the same one. */
async function forgetOne(memories: Memories): Promise<void> {
  const { hits } = await memories.recent({ limit: 1, offset: Math.floor(random() * 200) });
  const [hit] = hits;
  if (hit === undefined) return;
  say("forgetting", hit.title);
  try {
    await memories.forget({ ids: [hit.id] });
  } catch (error) {
    if (error instanceof Error && error.name === "NotFound") return;
    throw error;
  }
  say("forgotten", hit.title);
}

/** Folds files together without end. The module is told that it is later, so that none is too new. */
async function compact(): Promise<never> {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with its object below
  const { nextOperation } = Recollect.prototype;
  Recollect.prototype.nextOperation = function (now, compactAbove) {
    return nextOperation.call(this, now + Number(minutes) * 60_000, compactAbove);
  };
  const memories = openFolder(folder, {
    ...options,
    compactAbove: 2,
    idle: { afterMs: 0, spreadMs: 0, againMs: 5 },
  });
  await memories.open();
  say("ready");
  for (;;) {
    await memories.refreshNow();
    await wait(10);
  }
}

await (role === "writer" ? write() : compact());
