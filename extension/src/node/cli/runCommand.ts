import { realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { text as readAll } from "node:stream/consumers";
import type { Log } from "../../common/Log.js";
import type { Memories } from "../../common/memories/Memories.js";
import { formatDate, oneLine } from "../../common/text/plainText.js";
import { readIfThere } from "../files.js";
import { ask, MEANING_PATIENCE_MS } from "./ask.js";
import { runHookWorker } from "./hookWorker.js";
import { version } from "./manifest.js";
import { exportTo } from "./exportTo.js";
import { ALL, importSessions, listSessions } from "./importSessions.js";
import { runMcp } from "./mcp.js";
import { learn } from "./learn.js";
import { connect } from "./connect.js";
import { knownFilesOf } from "../import/keptImports.js";
import { openFolder, type FolderOptions } from "./openFolder.js";
import {
  type CommandLine,
  contextObservationsOf,
  isLikeToday,
  parseCommandLine,
  portOf,
  tokenOf,
  typedInteger,
  UsageError,
} from "./options.js";
import { newToken, serve } from "./serve.js";
import { storageFolder } from "./storageFolder.js";
import { keptToken } from "./tokenFile.js";
import { USAGE } from "./usage.js";

/** Larger than all memories that this extension is made for. */
const MAX_IMPORT_BYTES = 1024 * 1024 * 1024;

type Command = (line: CommandLine, open: FolderOptions, signal: AbortSignal) => Promise<number>;

const commands: Readonly<Record<string, Command>> = {
  serve: runServe,
  ask: (line, open) => using(open, (memories) => ask(line, memories)),
  mcp: async ({ options }, open, signal) => {
    const isBesideTools = options["beside-tools"] === true;
    await runMcp({ ...open, repository: options.repository, isBesideTools }, signal);
    return 0;
  },
  connect: async ({ operands, options }, { folder }) => {
    await connect(operands[0], {
      folder,
      installed: {
        folder: dirname(__dirname),
        program: process.execPath,
        isEditor: process.versions["electron"] !== undefined,
      },
      isUndo: options.undo === true,
      isDryRun: options["dry-run"] === true,
      write: (line) => void process.stdout.write(`${line}\n`),
    });
    return 0;
  },
  "hook-worker": async (_, open, signal) => {
    await runHookWorker(open, signal);
    return 0;
  },
  search: (line, open) => using(open, (memories) => search(line, memories)),
  learn: (line, open, signal) => using(open, (memories) => learn(line, memories, signal)),
  export: (line, open, signal) => using(open, (memories) => exportTo(line, memories, signal)),
  import: importAny,
  check: (_, open, signal) => using(open, (memories) => check(memories, signal)),
};

/** Runs a command line and gives the exit code: 0 done, 1 failed, 2 typed wrongly. */
export async function runCommand(args: readonly string[], signal: AbortSignal): Promise<number> {
  // Whoever reads it may have seen enough, as `head` has: nobody is left to be told anything.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  try {
    const line = parseCommandLine(args);
    if (line.command === "help") {
      process.stdout.write(USAGE);
      return 0;
    }
    const command = Object.hasOwn(commands, line.command) ? commands[line.command] : undefined;
    if (command === undefined) throw new UsageError(`there is no command ${line.command}`);
    const { RECOLLECT_RECOVERY_CODE: recoveryCode } = process.env;
    const open: FolderOptions = {
      folder: storageFolder(line.options.storage),
      version: await version(),
      log: stderrLog(line.options.verbose === true),
      recoveryCode: recoveryCode === "" ? undefined : recoveryCode,
    };
    return await command(line, open, signal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`recollect: ${error.message}\nrecollect help shows what can be typed.\n`);
    return 2;
  }
}

async function runServe(
  { options }: CommandLine,
  open: FolderOptions,
  signal: AbortSignal,
): Promise<number> {
  const tokenFile = options["token-file"] ?? join(open.folder, "serve.token");
  const isOfFile = (process.env["RECOLLECT_TOKEN"] ?? "") === "" && options["no-token"] !== true;
  const token = await tokenOf(options, process.env, () => keptToken(tokenFile, newToken));
  await serve(
    {
      ...open,
      port: portOf(options.port, process.env),
      token,
      repository: options.repository ?? process.cwd(),
      isLikeToday: isLikeToday(options.like),
      contextObservations: contextObservationsOf(process.env),
      onReady: (address) => {
        const { origin } = new URL(address);
        process.stdout.write(
          [
            `Memories: ${open.folder}`,
            ...(isOfFile ? [`Token: in ${tokenFile}`] : []),
            `Viewer: ${address}`,
            `Listening on ${origin}\n`,
          ].join("\n"),
        );
      },
    },
    signal,
  );
  return 0;
}

async function search({ operands, options }: CommandLine, memories: Memories): Promise<number> {
  const limit = typedInteger("--limit", options.limit ?? "10", 1, 200);
  // All of a large store is read first: the answer cannot be asked for again a moment later.
  await memories.open();
  await memories.refreshNow();
  await memories.waitForMeaning(MEANING_PATIENCE_MS);
  const { hits, total } = await memories.search({
    text: operands.join(" "),
    limit,
    ...(options.project === undefined ? {} : { projects: options.project }),
  });
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ hits, total })}\n`);
    return 0;
  }
  for (const { title, at, project, type, kind, preview } of hits) {
    const day = formatDate(at);
    process.stdout.write(
      `${day}  ${oneLine(type ?? kind)}  ${oneLine(project.name)}  ${oneLine(title)}\n`,
    );
    if (preview !== "" && preview !== title) process.stdout.write(`    ${oneLine(preview)}\n`);
  }
  return hits.length > 0 ? 0 : 1;
}

async function importAny(
  line: CommandLine,
  open: FolderOptions,
  signal: AbortSignal,
): Promise<number> {
  const [path] = line.operands;
  const isDryRun = line.options["dry-run"] === true;
  const from = line.options.from ?? (isDryRun && path === undefined ? ALL : undefined);
  if (from === undefined && path === undefined) return listSessions();
  if (from === undefined) return using(open, (memories) => importFrom(line, memories, signal));
  const known = await knownFilesOf(open.folder, open.version);
  const how = { path, isDryRun, known };
  return using(open, (memories) => importSessions(from, how, memories, signal));
}

async function importFrom(
  { operands }: CommandLine,
  memories: Memories,
  signal: AbortSignal,
): Promise<number> {
  const [path] = operands;
  if (path === undefined) throw new UsageError("import needs a file");
  const bytes =
    path === "-"
      ? new TextEncoder().encode(await readAll(process.stdin))
      : await readIfThere(await realpath(path), MAX_IMPORT_BYTES);
  if (bytes === undefined) throw new UsageError(`there is no file ${path}`);
  const imported = await memories.import(bytes, "low", quiet(signal));
  process.stdout.write(`${JSON.stringify(imported)}\n`);
  return imported.refused.length === 0 ? 0 : 1;
}

async function check(memories: Memories, signal: AbortSignal): Promise<number> {
  const { segments, bytes, records, damaged, newer, unread, quarantined, stats } =
    await memories.check(quiet(signal));
  process.stdout.write(
    `${segments} files, ${bytes} bytes, ${records} records, ${stats.memories} memories\n`,
  );
  for (const { name, problem } of damaged)
    process.stdout.write(`${name}: ${problem ?? "damaged"}\n`);
  for (const name of newer) process.stdout.write(`${name}: written by a newer version\n`);
  for (const { name, problem } of unread) process.stdout.write(`${name}: ${problem}\n`);
  for (const name of quarantined) process.stdout.write(`${name}: a copy of a damaged file\n`);
  return damaged.length + unread.length === 0 ? 0 : 1;
}

async function using(
  options: FolderOptions,
  work: (memories: Memories) => Promise<number>,
): Promise<number> {
  const memories = await openFolder(options);
  try {
    return await work(memories);
  } finally {
    await memories.dispose();
  }
}

function quiet(signal: AbortSignal): { signal: AbortSignal; onProgress: () => void } {
  return { signal, onProgress: () => undefined };
}

function stderrLog(isVerbose: boolean): Log {
  const write = (line: string): void => void process.stderr.write(`${line}\n`);
  const ignore = (): void => undefined;
  return {
    debug: ignore,
    info: isVerbose ? write : ignore,
    warn: write,
    error: write,
  };
}
