import { parseArgs } from "node:util";

/** A command that was typed wrongly; the message says how. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const OPTIONS = {
  storage: { type: "string" },
  verbose: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  port: { type: "string" },
  repository: { type: "string" },
  "beside-tools": { type: "boolean" },
  like: { type: "string" },
  "token-file": { type: "string" },
  "no-token": { type: "boolean" },
  "let-every-local-program-read-and-write": { type: "boolean" },
  "max-commits": { type: "string" },
  limit: { type: "string" },
  project: { type: "string", multiple: true },
  format: { type: "string" },
  json: { type: "boolean" },
  undo: { type: "boolean" },
  "dry-run": { type: "boolean" },
  from: { type: "string" },
  after: { type: "string" },
  at: { type: "string" },
  file: { type: "string" },
} as const;

/** A command line, taken apart. */
export interface CommandLine {
  readonly command: string;
  readonly operands: readonly string[];
  readonly options: ReturnType<typeof parse>["values"];
}

export function parseCommandLine(args: readonly string[]): CommandLine {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const [command = "help", ...operands] = parsed.positionals;
  return { command: parsed.values.help ? "help" : command, operands, options: parsed.values };
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true });
}

/** A whole number that was typed. */
export function typedInteger(name: string, text: string, min: number, max: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw new UsageError(`${name} must be a whole number from ${min} to ${max}`);
}

/** The port of `serve`: as typed, else as claude-mem's clients expect it. */
export function portOf(typed: string | undefined, env: NodeJS.ProcessEnv): number {
  if (typed !== undefined) return typedInteger("--port", typed, 0, 65_535);
  const given = env["CLAUDE_MEM_WORKER_PORT"];
  if (given !== undefined && given !== "") {
    return typedInteger("CLAUDE_MEM_WORKER_PORT", given, 0, 65_535);
  }
  return 37_700 + ((process.getuid?.() ?? 0) % 100);
}

/** Whether `serve` answers as today's claude-mem where its guide has another shape. */
export function isLikeToday(typed: string | undefined): boolean {
  if (typed !== undefined && typed !== "claude-mem") {
    throw new UsageError("--like knows claude-mem only");
  }
  return typed !== undefined;
}

/** Observations of the injected context, where claude-mem's variable says how many. */
export function contextObservationsOf(env: NodeJS.ProcessEnv): number | undefined {
  const name = "CLAUDE_MEM_CONTEXT_OBSERVATIONS";
  const given = env[name];
  return given === undefined || given === "" ? undefined : typedInteger(name, given, 1, 200);
}

/** The token of `serve`, or `undefined` if there is to be none, which must be said twice. */
export function tokenOf(
  options: CommandLine["options"],
  env: NodeJS.ProcessEnv,
  kept: () => Promise<string>,
): Promise<string> | string | undefined {
  if (options["no-token"]) {
    if (options["let-every-local-program-read-and-write"]) return undefined;
    throw new UsageError(
      "--no-token lets every program of this machine read and change the memories: add --let-every-local-program-read-and-write if that is meant",
    );
  }
  const given = env["RECOLLECT_TOKEN"];
  if (given === undefined || given === "") return kept();
  if (!/^[\w.~-]{16,256}$/.test(given)) {
    throw new UsageError(
      "RECOLLECT_TOKEN must be 16 to 256 letters, digits, dots, dashes, tildes and underscores",
    );
  }
  return given;
}
