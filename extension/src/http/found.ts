import type { Hit } from "recollect-wasm";
import { observationResult, promptResult, summaryResult, type Numbered } from "./rows.js";
import type {
  ObservationIndexResult,
  ObservationSearchResult,
  PromptIndexResult,
  SessionSummarySearchResult,
  SummaryIndexResult,
  UserPromptSearchResult,
} from "./shapes.js";

/** A memory that was found. */
export interface FoundItem extends Numbered {
  readonly hit: Hit;
}

/** What a search answers. */
export interface Found {
  observations: (ObservationIndexResult | ObservationSearchResult)[];
  sessions: (SummaryIndexResult | SessionSummarySearchResult)[];
  prompts: (PromptIndexResult | UserPromptSearchResult)[];
}

/** Sorts what was found by kind, each in the order it was found. */
export function foundOf(items: readonly FoundItem[], format: "index" | "full"): Found {
  const found: Found = { observations: [], sessions: [], prompts: [] };
  for (const item of items) {
    const isFull = format === "full";
    switch (item.memory.kind) {
      case "observation":
        found.observations.push(
          isFull ? { ...observationResult(item), ...rankOf(item) } : observationInIndex(item),
        );
        break;
      case "summary":
        found.sessions.push(
          isFull
            ? { ...summaryResult(item), ...rankOf(item) }
            : { ...inIndex(item), summary_text: item.hit.preview },
        );
        break;
      case "prompt":
        found.prompts.push(
          isFull
            ? { ...promptResult(item), ...rankOf(item) }
            : { ...inIndex(item), prompt_number: item.memory.promptNumber ?? 0 },
        );
        break;
      default:
        break;
    }
  }
  return found;
}

function observationInIndex(item: FoundItem): ObservationIndexResult {
  const { memory, hit } = item;
  return {
    ...inIndex(item),
    ...(memory.subtitle === undefined ? {} : { subtitle: memory.subtitle }),
    // A memory that is told by its title alone has nothing to preview.
    summary: hit.preview === "" ? memory.title : hit.preview,
    concepts: memory.concepts,
    obs_type: memory.type ?? "change",
  };
}

function inIndex(item: FoundItem): {
  id: number;
  title: string;
  preview: string;
  project: string;
  created_at_epoch: number;
  rank?: number;
} {
  const { number, memory, hit } = item;
  return {
    id: number,
    title: memory.title,
    preview: hit.preview,
    project: memory.project.name,
    created_at_epoch: memory.at,
    ...rankOf(item),
  };
}

/** As SQLite's FTS5 ranks: the lower, the better. */
function rankOf({ hit }: FoundItem): { rank?: number } {
  return hit.score === undefined ? {} : { rank: -hit.score };
}
