import type { Memory, MemoryKind, Sector, Seen } from "recollect-wasm";

/** A memory as OpenMemory's published client types it. */
export interface OpenMemoryItem {
  id: string;
  content: string;
  primary_sector: Sector;
  sectors: Sector[];
  /** Labels as JSON in a string. */
  tags: string;
  metadata: Record<string, unknown>;
  created_at: number;
  updated_at: number;
  last_seen_at: number;
  salience: number;
  decay_lambda: number;
  version: number;
}

/** What OpenMemory says of a sector. */
export interface SectorInfo {
  name: Sector;
  description: string;
  model: string;
  decay_lambda: number;
  table_suffix: string;
}

/** Loss a day, of which salience becomes `exp(-lambda × days)`; the module reckons with the same. */
const DECAY_LAMBDA: Readonly<Record<Sector, number>> = {
  episodic: 0.015,
  semantic: 0.005,
  procedural: 0.008,
  emotional: 0.02,
  reflective: 0.001,
};

const DESCRIPTIONS: Readonly<Record<Sector, string>> = {
  episodic: "What happened, and when",
  semantic: "What is so, and what was decided",
  procedural: "How something is done",
  emotional: "What was liked, and what was not",
  reflective: "What was learned from it",
};

/** What OpenMemory has for a memory: everything that is one here, single events too. */
export const KINDS: MemoryKind[] = ["observation", "summary", "prompt", "event", "fact"];

export const SECTORS = Object.keys(DESCRIPTIONS) as readonly Sector[];

export function sectorInfo(name: Sector): SectorInfo {
  return {
    name,
    description: DESCRIPTIONS[name],
    // Sectors are told apart by rules; there is no embedding model and one table.
    model: "rules",
    decay_lambda: DECAY_LAMBDA[name],
    table_suffix: "",
  };
}

/** A memory as OpenMemory shows it; `seen` is how much it matters. */
export function openMemoryItem(memory: Memory, seen: Seen | undefined): OpenMemoryItem {
  const primary = primarySector(memory);
  return {
    id: memory.id,
    content: contentOf(memory),
    primary_sector: primary,
    sectors: memory.sectors,
    tags: JSON.stringify(memory.concepts),
    metadata: metadataOf(memory),
    created_at: memory.at,
    updated_at: memory.at,
    last_seen_at: seen?.lastSeen ?? memory.at,
    salience: seen?.salience ?? 0,
    decay_lambda: DECAY_LAMBDA[primary],
    version: 1,
  };
}

export function primarySector({ sectors }: Pick<Memory, "sectors">): Sector {
  return sectors[0] ?? "semantic";
}

/** The text of a memory, with its title unless the text begins with it. */
export function contentOf({ title, narrative, text }: Memory): string {
  const told = narrative ?? text;
  if (told === "") return title;
  return told.startsWith(title.replace(/…$/, "")) ? told : `${title}\n\n${told}`;
}

/** Metadata as statements, each of which words can find. */
export function factsOf(metadata: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(metadata).map(([name, value]) => {
    const isPlain = /^[^:\s"]{1,64}$/.test(name);
    return `${isPlain ? name : JSON.stringify(name)}: ${JSON.stringify(value)}`;
  });
}

/** The metadata among a memory's statements. */
function metadataOf({ facts }: Memory): Record<string, unknown> {
  const entries: [name: string, value: unknown][] = [];
  for (const fact of facts) {
    const [, name, quoted, json] =
      /^(?:([^:\s"]{1,64})|("(?:[^"\\]|\\.)*")): (.*)$/s.exec(fact) ?? [];
    if (json === undefined) continue;
    try {
      entries.push([name ?? String(JSON.parse(quoted ?? "")), JSON.parse(json)]);
    } catch {
      // A statement that only looks alike.
    }
  }
  return Object.fromEntries(entries);
}
