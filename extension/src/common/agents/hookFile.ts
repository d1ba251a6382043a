import type { HookTool } from "./Hook.js";

const PATHS = ["file_path", "filePath", "absolute_path", "target_file", "notebook_path", "path"];

/** Tools that read or change one file; those that list and search name folders. */
const OF_A_FILE = /read|view|edit|write|create|replace|patch|delete/i;

/** Where the headers of a patch name a file. */
const PATCHED = /^\*\*\* (?:Update|Add|Delete) File: (\S.*)$/gm;

/** Where a tool that changes several files at once names them. */
const LISTS = ["files", "filePaths", "replacements"];

/** Files of one use of a tool that are looked at. */
const MAX_FILES = 100;

/** The files that a use of a tool reads or changes; most tools take one. */
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
  const listed = LISTS.flatMap((name) => listedFiles(fields[name]));
  if (listed.length > 0) return [...new Set(listed)].slice(0, MAX_FILES);
  const patches = [fields["input"], fields["patch"], fields["command"]];
  return patches.flatMap((patch) => (typeof patch === "string" ? patchedFiles(patch) : []));
}

/** Names of files in a list, or those that its items have. */
function listedFiles(list: unknown): string[] {
  if (!Array.isArray(list)) return [];
  return (list as unknown[]).flatMap((item) => {
    if (typeof item === "string") return item.trim() === "" ? [] : item;
    if (typeof item !== "object" || item === null) return [];
    const { filePath } = item as { readonly filePath?: unknown };
    return typeof filePath === "string" && filePath.trim() !== "" ? filePath : [];
  });
}

function patchedFiles(patch: string): string[] {
  const names = [...patch.matchAll(PATCHED)].flatMap(([, path = ""]) => path.trim());
  return [...new Set(names)].slice(0, MAX_FILES);
}
