import type { HookTool } from "./Hook.js";

const PATHS = ["file_path", "filePath", "absolute_path", "target_file", "notebook_path", "path"];

/** Tools that read or change one file; those that list and search name folders. */
const OF_A_FILE = /read|view|edit|write|create|replace|patch|delete/i;

/** Where the headers of a patch name a file. */
const PATCHED = /^\*\*\* (?:Update|Add|Delete) File: (\S.*)$/m;

/** The file that a use of a tool reads or changes, if it is one. */
export function fileOf({ name, input }: HookTool): string | undefined {
  if (!OF_A_FILE.test(name)) return undefined;
  if (typeof input === "string") return PATCHED.exec(input)?.[1]?.trim();
  if (typeof input !== "object" || input === null) return undefined;
  // An object has only string keys that matter here, and the values stay unknown.
  const fields = input as Readonly<Record<string, unknown>>;
  for (const path of PATHS) {
    const value = fields[path];
    if (typeof value === "string" && value.trim() !== "") return value;
  }
  for (const patch of [fields["input"], fields["patch"], fields["command"]]) {
    const [, path] = typeof patch === "string" ? (PATCHED.exec(patch) ?? []) : [];
    if (path !== undefined) return path.trim();
  }
  return undefined;
}
