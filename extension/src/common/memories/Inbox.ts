import type { Hit, Memory, Note, Origin } from "recollect-wasm";
import type { Memories } from "./Memories.js";

/** The label of what an assistant has proposed and nobody has approved yet. */
const PROPOSED = "proposed";

/** Proposals that are listed. */
const LISTED = 100;

/**
 * A note as a proposal: it is kept like any memory, so that it is filtered, encrypted and seen in all
 * windows, but of low trust, so that it is not recalled by itself.
 */
export function asProposal(note: Note): Note {
  const { concepts = [], origin } = note;
  return { ...note, concepts: [...concepts, PROPOSED], origin: { ...origin, trust: "low" } };
}

/** What waits for approval, the newest first. */
export async function proposals(
  memories: Pick<Memories, "search">,
  projects: readonly string[],
): Promise<readonly Hit[]> {
  const { hits } = await memories.search({
    ...{ concepts: [PROPOSED], kinds: ["observation"], order: "newest", limit: LISTED },
    ...(projects.length === 0 ? {} : { projects: [...projects] }),
  });
  // Somebody may have given his own memory this label.
  return hits.filter(({ trust }) => trust === "low");
}

/** Whether a memory waits for approval. */
export function isProposal({ trust, concepts }: Pick<Memory, "trust" | "concepts">): boolean {
  return trust === "low" && concepts.includes(PROPOSED);
}

/**
 * Keeps a proposal as a memory like others and gives the memory's id; nothing if it is gone, or
 * nothing of it may be kept.
 */
export async function approve(
  memories: Pick<Memories, "get" | "remember" | "forget">,
  id: string,
  trust: Origin["trust"],
): Promise<string | undefined> {
  const [memory] = await memories.get([id]);
  if (memory === undefined || !isProposal(memory)) return undefined;
  const kept = await memories.remember(noteOf(memory, trust));
  if (kept.status !== "pending") return undefined;
  // Only now: what fails in between leaves both rather than none.
  await memories.forget({ ids: [id] });
  return kept.id;
}

/** What a proposal says, with what was changed of it since. */
function noteOf(memory: Memory, trust: Origin["trust"]): Note {
  const { title, narrative, type, filesModified, concepts, project, provenance } = memory;
  const [file] = filesModified;
  return {
    ...{ title, text: narrative ?? title },
    ...(type === undefined ? {} : { type: type as NonNullable<Note["type"]> }),
    ...(file === undefined ? {} : { file }),
    concepts: concepts.filter((concept) => concept !== PROPOSED),
    origin: { project, provenance, ...(trust === undefined ? {} : { trust }) },
  };
}
