import type { Appended, NewRecord, ObservationType, Origin } from "recollect-wasm";
import { oneLine } from "./plainText.js";

/** One use of a tool, as its host tells it; may hold anything. */
export interface ToolUse {
  /** The tool, such as `Edit` or `run_in_terminal`. */
  readonly name: string;
  readonly input?: unknown;
  readonly response?: unknown;
  /** The folder in which the agent works. */
  readonly cwd?: string;
  /** The number of the prompt that it followed from. */
  readonly promptNumber?: number;
}

/** What became of a tool's use. */
export type Observed = Appended | { status: "skipped"; reason: "nothing" };

const FILE_FIELDS = ["file_path", "filePath", "notebook_path", "path", "file"];
const SUBJECT_FIELDS = ["command", "pattern", "query", "url", "description", "prompt"];

/** Tools whose name says that they change a file. */
const CHANGING = /edit|write|replace|create|insert|patch|delete|rename/i;

/**
 * What a tool was used on, as an observation: its name, its file and its subject, and nothing of
 * what it read or gave back. Nothing if its input says none of these.
 */
export function observationOf(
  { name, input, cwd, promptNumber }: ToolUse,
  origin: Origin,
): NewRecord | undefined {
  const file = textAt(input, FILE_FIELDS);
  const subject = file === undefined ? textAt(input, SUBJECT_FIELDS) : relative(file, cwd);
  if (subject === undefined) return undefined;
  const isChange = CHANGING.test(name);
  const files = file === undefined ? [] : [relative(file, cwd)];
  const type: ObservationType = isChange ? "change" : "discovery";
  return {
    kind: "observation",
    origin,
    type,
    title: oneLine(`${name}: ${subject}`, 120),
    ...(isChange ? { filesModified: files } : { filesRead: files }),
    ...(promptNumber === undefined ? {} : { promptNumber }),
  };
}

function textAt(input: unknown, names: readonly string[]): string | undefined {
  if (typeof input !== "object" || input === null) return undefined;
  const fields = input as Record<string, unknown>;
  for (const name of names) {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (typeof value === "string" && value.trim() !== "") return value;
  }
  return undefined;
}

/** A path below the folder in which the agent works, as memories name it. */
function relative(path: string, cwd: string | undefined): string {
  const slashed = path.replaceAll("\\", "/");
  const folder = cwd?.replaceAll("\\", "/").replace(/\/*$/, "/");
  return folder !== undefined && folder !== "/" && slashed.startsWith(folder)
    ? slashed.slice(folder.length)
    : slashed;
}
