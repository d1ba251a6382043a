/** Who adds memories outside of the editor: models through the server, or hooks that follow work. */
export type AddedBy = "mcp" | "hooks";

/** What one process has added, for editors that count it and can take it back. */
export interface AddedNote {
  readonly by: AddedBy;
  /** Ids of memories, the oldest first; nothing else of them. */
  readonly ids: readonly string[];
}

/** The folder of these files, beside that of the memories. */
export const ADDED_FOLDER = "added";

/** Ids that a file holds; older ones are found like any other memory. */
export const MAX_ADDED = 1_000;

/** What a file says, or `undefined` if it is none of ours. */
export function parseAdded(text: string): AddedNote | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { by, ids } = value as { by?: unknown; ids?: unknown };
  if ((by !== "mcp" && by !== "hooks") || !Array.isArray(ids)) return undefined;
  const texts = (ids as unknown[]).filter((id): id is string => typeof id === "string");
  return { by, ids: texts.slice(-MAX_ADDED) };
}
