import type { Project, Trust } from "recollect-wasm";
import type { Told } from "./Importer.js";
import { SessionMapper } from "./SessionMapper.js";
import type { Memories } from "../memories/Memories.js";
import {
  HostingFailure,
  type Decided,
  type DecidedResult,
  type HostedRepository,
} from "../git/hosted/HostedRepository.js";
import type { KeptHosted } from "../git/hosted/KeptHosted.js";

/** Pages of a hundred that one run reads. */
const MAX_PAGES = 50;

interface Options {
  readonly memories: Pick<Memories, "readAll" | "import">;
  readonly project: Project;
  readonly kept: KeptHosted;
  readonly signal: AbortSignal;
  /** Whether anything may be stored still. */
  readonly mayGoOn: () => boolean;
  readonly onProgress: (result: DecidedResult) => void;
  readonly now: () => number;
}

/**
 * Makes memories of merged pull requests and closed issues, by pages, each of which is durable
 * before the next one is asked for.
 *
 * What people wrote who may write to the repository is believed as its commits are. Anybody can open
 * the others and write anything into them, so they are of low trust.
 */
export async function learnDecided(
  repository: HostedRepository,
  { memories, project, kept, signal, mayGoOn, onProgress, now }: Options,
): Promise<DecidedResult> {
  await memories.readAll();
  const { decidedPage, decidedSince, walkBegan } = kept.notes;
  // The first walk reads everything; later ones what has changed since the last one began.
  const since = decidedPage === undefined ? decidedSince : undefined;
  const began = decidedPage === undefined ? new Date(now()).toISOString() : walkBegan;
  const isOver = (): boolean => signal.aborted || !mayGoOn();
  let result: DecidedResult = { read: 0, learned: 0, known: 0, leftOut: 0 };
  // Something may have been opened again since, and what stood behind it moved to the page before.
  const first = Math.max(1, (decidedPage ?? 1) - 1);
  for (let page = first; page < first + MAX_PAGES && !isOver(); page += 1) {
    try {
      const { items, hasMore, leftOut } = await repository.decided(page, since, signal);
      if (isOver()) break;
      const stored = await store(items, memories, project);
      result = {
        read: result.read + items.length + leftOut,
        learned: result.learned + stored.learned,
        known: result.known + stored.known,
        leftOut: result.leftOut + leftOut + stored.leftOut,
      };
      onProgress(result);
      if (hasMore && since === undefined) {
        await kept.note({ decidedPage: page + 1, walkBegan: began });
      } else if (!hasMore) {
        await kept.note({ decidedPage: undefined, walkBegan: undefined, decidedSince: began });
        break;
      }
    } catch (error) {
      if (isOver()) break;
      if (!(error instanceof HostingFailure)) throw error;
      const { left } = error;
      if (left.until !== undefined) await kept.note({ restUntil: left.until });
      return { ...result, left };
    }
  }
  return result;
}

async function store(
  items: readonly Decided[],
  memories: Pick<Memories, "import">,
  project: Project,
): Promise<Pick<DecidedResult, "learned" | "known" | "leftOut">> {
  const stored = { learned: 0, known: 0, leftOut: 0 };
  for (const trust of ["high", "low"] satisfies Trust[]) {
    const some = items.filter(({ isByOwnPeople }) => isByOwnPeople === (trust === "high"));
    if (some.length === 0) continue;
    const lines = linesOf(some, project);
    const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
    // A page is taken in whole, so that the next one can be asked for.
    const progress = { signal: new AbortController().signal, onProgress: () => undefined };
    const { pending, known, forgotten } = await memories.import(bytes, trust, progress);
    stored.learned += pending;
    stored.known += known + forgotten;
    stored.leftOut += some.length - pending - known - forgotten;
  }
  return stored;
}

/** What becomes of these, as lines of an export whose ids are derived from the numbers. */
function linesOf(items: readonly Decided[], project: Project): string[] {
  const mapper = new SessionMapper("github");
  try {
    for (const one of items) mapper.take(toldOf(one, project), project, []);
    return mapper.lines();
  } finally {
    mapper.free();
  }
}

function toldOf(one: Decided, project: Project): Told {
  const { kind, number, title, body, at, author, labels, outcome } = one;
  const what = kind === "issue" ? `Issue #${number}, closed` : `Pull request #${number}, merged`;
  return {
    key: `${project.id} ${number}`,
    at,
    // It may be closed again at another time, and is the same then.
    isTimeOfFile: true,
    record: {
      ...{ kind: "observation", type: "decision", title: `${title} (#${number})` },
      subtitle: author === undefined ? what : `${what}, by ${author}`,
      ...(body === "" ? {} : { narrative: body }),
      facts: [
        outcome === undefined ? what : `${what}: ${outcome.replaceAll("_", " ")}`,
        ...(labels.length === 0 ? [] : [`Labels: ${labels.join(", ")}`]),
      ],
    },
  };
}
