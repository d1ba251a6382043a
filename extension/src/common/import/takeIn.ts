import type { Project } from "recollect-wasm";
import type { Memories } from "../memories/Memories.js";
import type { FoundFile, Importer, ImportFiles, SkippedItem, Told } from "./Importer.js";
import { SessionMapper } from "./SessionMapper.js";

/** What taking in needs of its host. */
export interface ImportPorts {
  readonly files: ImportFiles;
  readonly memories: Memories;
  /** Where a session worked: its project, and the roots from which its files are named. */
  readonly placeOf: (folder: string) => Promise<{ project: Project; roots: readonly string[] }>;
  readonly signal: AbortSignal;
  /** Called with how many files are done. */
  readonly onFile?: (done: number) => void;
}

/** What came of taking in. */
export interface TakenIn {
  files: number;
  /** Prompts, uses of tools and messages that were read. */
  turns: number;
  sessions: number;
  added: number;
  known: number;
  forgotten: number;
  /** Turns of sessions that were recorded as they happened. */
  live: number;
  readonly skipped: SkippedItem[];
  isCancelled: boolean;
}

/** Turns that are made durable together. */
const GROUP = 1_000;

/** Items that are named; more of them are only counted by the one that asks. */
const MAX_NAMED = 10_000;

/** Where a session belongs that names no folder. */
const NO_PROJECT: Project = { id: "user", name: "user" };

/** Reads files and counts what they tell, without keeping anything of it. */
export async function countIn(
  importer: Importer,
  found: readonly FoundFile[],
  { files, signal, onFile }: Pick<ImportPorts, "files" | "signal" | "onFile">,
): Promise<TakenIn> {
  const total = nothing();
  const sessions = new Set<string>();
  for (const file of found) {
    if (signal.aborted) break;
    await reading(total, file, async () => {
      for await (const told of read(importer, file, files, signal, total)) {
        total.turns += 1;
        sessions.add(told.session);
      }
    });
    onFile?.(total.files);
  }
  return { ...total, sessions: sessions.size, isCancelled: signal.aborted };
}

/** Takes in files, one after the other; what was taken in before a cancellation stays. */
export async function takeIn(
  importer: Importer,
  found: readonly FoundFile[],
  ports: ImportPorts,
): Promise<TakenIn> {
  const total = nothing();
  const { memories, signal, files } = ports;
  await memories.readAll();
  const sessions = new Set<string>();
  const live = new Map<string, number>();
  // A copy of a session in another file tells the same under the same keys.
  const seen = new Set<string>();
  for (const file of found) {
    if (signal.aborted) break;
    await reading(total, file, async () => {
      const mapper = new SessionMapper(importer.kind);
      try {
        let waiting = 0;
        for await (const told of read(importer, file, files, signal, total)) {
          total.turns += 1;
          if (!sessions.has(told.session)) {
            sessions.add(told.session);
            live.set(told.session, await liveSince(memories, told.session));
          }
          const name = `${told.session} ${told.key}`;
          const once = told.tool === undefined ? name : `${name} tool`;
          if (seen.has(once)) continue;
          seen.add(once);
          if (told.at >= (live.get(told.session) ?? Infinity)) {
            total.live += 1;
            continue;
          }
          const place = told.cwd === undefined ? undefined : await ports.placeOf(told.cwd);
          mapper.take(told, place?.project ?? NO_PROJECT, place?.roots ?? []);
          waiting += 1;
          if (waiting < GROUP) continue;
          waiting = 0;
          await store(await mapper.lines(), memories, total, file);
        }
        // The end of a session that was not read to its end is not known.
        if (!signal.aborted) mapper.end();
        await store(await mapper.lines(), memories, total, file);
      } finally {
        mapper.free();
      }
    });
    ports.onFile?.(total.files);
  }
  return { ...total, sessions: sessions.size, isCancelled: signal.aborted };
}

function nothing(): TakenIn {
  const counts = { files: 0, turns: 0, sessions: 0, added: 0, known: 0, forgotten: 0, live: 0 };
  return { ...counts, skipped: [], isCancelled: false };
}

function read(
  importer: Importer,
  file: FoundFile,
  files: ImportFiles,
  signal: AbortSignal,
  { skipped }: TakenIn,
): AsyncIterable<Told> {
  const onSkipped = (one: SkippedItem): void => {
    if (skipped.length < MAX_NAMED) skipped.push(one);
  };
  return importer.read(files.lines(file.path, signal), file, onSkipped);
}

/** One file that cannot be read does not stop the others; what the store says does. */
async function reading(total: TakenIn, file: FoundFile, work: () => Promise<void>): Promise<void> {
  total.files += 1;
  try {
    await work();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    total.skipped.push({ path: file.path, line: 0, reason: `cannot be read: ${code}` });
  }
}

async function store(
  lines: readonly string[],
  memories: Memories,
  total: TakenIn,
  { path }: FoundFile,
): Promise<void> {
  if (lines.length === 0) return;
  const bytes = new TextEncoder().encode(`${lines.join("\n")}\n`);
  // The user has asked for it, and whoever asked may cancel between two groups.
  const progress = { signal: new AbortController().signal, onProgress: () => undefined };
  const { pending, known, forgotten, refused } = await memories.import(bytes, "high", progress);
  total.added += pending;
  total.known += known;
  total.forgotten += forgotten;
  for (const { problem } of refused) total.skipped.push({ path, line: 0, reason: problem });
}

/** When a session began to be recorded as it happened; never, if it was not. */
async function liveSince(memories: Memories, session: string): Promise<number> {
  let since = Number.POSITIVE_INFINITY;
  const limit = 200;
  for (let offset = 0; ; offset += limit) {
    const { hits } = await memories.recent({ session, limit, offset });
    for (const { at, provenance } of hits)
      if (provenance !== "import") since = Math.min(since, at - LIVE_SLACK_MS);
    if (hits.length < limit) return since;
  }
}

/** A transcript's time of a prompt is a little before that at which its hook was told. */
const LIVE_SLACK_MS = 5_000;
