import type { HookTool } from "./Hook.js";

const PATHS = ["file_path", "filePath", "absolute_path", "target_file", "notebook_path", "path"];

/** Tools that read or change one file; those that list and search name folders. */
const OF_A_FILE = /read|view|edit|write|create|replace|patch|delete/i;

/** Where the headers of a patch name a file. */
const PATCHED = /^\*\*\* (?:Update|Add|Delete) File: (\S.*)$/gm;

/** Files of one patch that are looked at. */
const MAX_PATCHED = 100;

/** The files that a use of a tool reads or changes: one, but for a patch. */
export function filesOf({ name, input }: HookTool): string[] {
  if (!OF_A_FILE.test(name)) return [];
  if (typeof input === "string") return patchedFiles(input);
  if (typeof input !== "object" || input === null) return [];
  // An object has only string keys that matter here, and the values stay unknown.
  const fields = input as Readonly<Record<string, unknown>>;
  for (const path of PATHS) {
    const value = fields[path];
    if (typeof value === "string" && value.trim() !== "") return [value];
  }
  const patches = [fields["input"], fields["patch"], fields["command"]];
  return patches.flatMap((patch) => (typeof patch === "string" ? patchedFiles(patch) : []));
}

function patchedFiles(patch: string): string[] {
  const names = [...patch.matchAll(PATCHED)].flatMap(([, path = ""]) => path.trim());
  return [...new Set(names)].slice(0, MAX_PATCHED);
}
