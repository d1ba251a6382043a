import type { Memory } from "recollect-wasm";

/** Whose the ids are that stand in `origin_local_id`: told again, they add nothing here. */
export const EXPORTED_BY = "recollect";

/** Observations, summaries and prompts, with their sessions, as claude-mem exports and imports them. */
export function claudeMemExport(memories: readonly Memory[], now: number): string {
  const of = (kind: Memory["kind"]): Memory[] => memories.filter((memory) => memory.kind === kind);
  const observations = [...of("observation"), ...of("fact")].map((memory, number) => ({
    ...common(memory, number),
    text: null,
    type: memory.kind === "fact" ? "discovery" : (memory.type ?? "discovery"),
    title: memory.title,
    subtitle: memory.subtitle ?? null,
    facts: JSON.stringify(memory.facts),
    narrative: memory.narrative ?? memory.text,
    concepts: JSON.stringify(memory.concepts),
    files_read: JSON.stringify(memory.filesRead),
    files_modified: JSON.stringify(memory.filesModified),
    prompt_number: memory.promptNumber ?? null,
    discovery_tokens: 0,
  }));
  const summaries = of("summary").map((memory, number) => ({
    ...common(memory, number),
    request: memory.summary?.request ?? memory.title,
    investigated: memory.summary?.investigated ?? null,
    learned: memory.summary?.learned ?? null,
    completed: memory.summary?.completed ?? null,
    next_steps: memory.summary?.nextSteps ?? null,
    notes: memory.summary?.notes ?? null,
    files_read: JSON.stringify(memory.filesRead),
    files_edited: JSON.stringify(memory.filesModified),
    prompt_number: memory.promptNumber ?? null,
    discovery_tokens: 0,
  }));
  const prompts = of("prompt").map((memory, number) => ({
    ...common(memory, number),
    prompt_number: memory.promptNumber ?? 1,
    prompt_text: memory.narrative ?? memory.title,
  }));
  const sessions = sessionsOf(memories);
  const whole = {
    exportedAt: iso(now),
    exportedAtEpoch: now,
    query: "",
    totalObservations: observations.length,
    totalSessions: sessions.length,
    totalSummaries: summaries.length,
    totalPrompts: prompts.length,
    ...{ observations, sessions, summaries, prompts },
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

function common({ id, at, project, session }: Memory, number: number) {
  return {
    id: number + 1,
    memory_session_id: session ?? "",
    content_session_id: session ?? "",
    project: project.name,
    created_at: iso(at),
    created_at_epoch: at,
    origin_device_id: EXPORTED_BY,
    origin_local_id: id,
  };
}

function sessionsOf(memories: readonly Memory[]): object[] {
  const sessions = new Map<string, { first: Memory; last: Memory; prompt?: string }>();
  for (const memory of memories) {
    if (memory.session === undefined) continue;
    const known = sessions.get(memory.session) ?? { first: memory, last: memory };
    sessions.set(memory.session, {
      ...known,
      last: memory,
      ...(memory.kind === "prompt" && known.prompt === undefined
        ? { prompt: memory.narrative ?? memory.title }
        : {}),
    });
  }
  return [...sessions].map(([key, { first, last, prompt }], number) => ({
    id: number + 1,
    content_session_id: key,
    memory_session_id: key,
    project: first.project.name,
    user_prompt: prompt ?? null,
    started_at: iso(first.at),
    started_at_epoch: first.at,
    completed_at: iso(last.at),
    completed_at_epoch: last.at,
    status: "completed",
  }));
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
