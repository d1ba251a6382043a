import type { Memory } from "recollect-wasm";
import type {
  ObservationRow,
  ObservationSearchResult,
  SessionSummaryRow,
  SessionSummarySearchResult,
  UserPromptRow,
  UserPromptSearchResult,
} from "./shapes.js";

/** A memory with the whole number that clients know it by. */
export interface Numbered {
  readonly number: number;
  readonly memory: Memory;
}

export function observationResult({ number, memory }: Numbered): ObservationSearchResult {
  return {
    id: number,
    title: memory.title,
    ...(memory.subtitle === undefined ? {} : { subtitle: memory.subtitle }),
    summary: memory.narrative ?? memory.subtitle ?? memory.title,
    facts: memory.facts,
    concepts: memory.concepts,
    files_touched: filesOf(memory),
    obs_type: memory.type ?? "change",
    project: memory.project.name,
    created_at_epoch: memory.at,
    prompt_number: memory.promptNumber ?? 0,
  };
}

export function observationRow(numbered: Numbered): ObservationRow {
  const { facts, concepts, files_touched, ...rest } = observationResult(numbered);
  const { memory } = numbered;
  return {
    ...rest,
    facts: JSON.stringify(facts),
    concepts: JSON.stringify(concepts),
    files_touched: JSON.stringify(files_touched),
    sdk_session_id: memory.session ?? "",
    memory_session_id: memory.session ?? "",
    type: rest.obs_type,
    narrative: memory.narrative ?? "",
    files_read: JSON.stringify(memory.filesRead),
    files_modified: JSON.stringify(memory.filesModified),
    created_at: isoTime(memory.at),
  };
}

export function summaryResult({ number, memory }: Numbered): SessionSummarySearchResult {
  return {
    id: number,
    summary_text: memory.text === "" ? memory.title : memory.text,
    facts: memory.facts,
    concepts: memory.concepts,
    files_touched: filesOf(memory),
    project: memory.project.name,
    created_at_epoch: memory.at,
  };
}

export function summaryRow(numbered: Numbered): SessionSummaryRow {
  const { facts, concepts, files_touched, ...rest } = summaryResult(numbered);
  const { memory } = numbered;
  const { request, investigated, learned, completed, nextSteps, notes } = memory.summary ?? {};
  return {
    ...rest,
    facts: JSON.stringify(facts),
    concepts: JSON.stringify(concepts),
    files_touched: JSON.stringify(files_touched),
    sdk_session_id: memory.session ?? "",
    memory_session_id: memory.session ?? "",
    request: request ?? "",
    investigated: investigated ?? "",
    learned: learned ?? "",
    completed: completed ?? "",
    next_steps: nextSteps ?? "",
    notes: notes ?? "",
    created_at: isoTime(memory.at),
  };
}

export function promptResult({ number, memory }: Numbered): UserPromptSearchResult {
  return {
    id: number,
    claude_session_id: memory.session ?? "",
    project: memory.project.name,
    prompt_number: memory.promptNumber ?? 0,
    prompt_text: memory.narrative ?? memory.title,
    created_at_epoch: memory.at,
  };
}

export function promptRow(numbered: Numbered): UserPromptRow {
  const session = numbered.memory.session ?? "";
  return {
    ...promptResult(numbered),
    sdk_session_id: session,
    content_session_id: session,
    memory_session_id: session,
    created_at: isoTime(numbered.memory.at),
  };
}

function isoTime(at: number): string {
  return new Date(at).toISOString();
}

/** Each file that a memory names, once. */
export function filesOf({ filesRead, filesModified }: Memory): string[] {
  return [...new Set([...filesRead, ...filesModified])];
}
