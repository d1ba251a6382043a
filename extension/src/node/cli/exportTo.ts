import { open, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { EXPORT_FORMATS, exportAs, type ExportFormat } from "../../common/memories/exporting.js";
import type { Memories } from "../../common/memories/Memories.js";
import { type CommandLine, UsageError } from "./options.js";

/** Writes memories into a file, or to standard output, and gives the exit code. */
export async function exportTo(
  { operands, options }: CommandLine,
  memories: Memories,
  signal: AbortSignal,
): Promise<number> {
  const [path] = operands;
  const format = formatOf(options.format);
  const projects = options.project && (await projectsNamed(options.project, memories));
  const progress = { signal, onProgress: () => undefined };
  const exported = await exportAs(memories, format, projects, progress);
  const { bytes, records, unread, isCancelled } = exported;
  if (isCancelled) return 1;
  if (path === undefined || path === "-") process.stdout.write(bytes);
  else {
    await writeForOwner(path, bytes);
    process.stderr.write("The file is plain text: whoever can read it can read the memories.\n");
    if (await isInRepository(path))
      process.stderr.write("It lies in a repository: take care that it is not committed.\n");
  }
  process.stderr.write(`${records} records\n`);
  for (const name of unread) process.stderr.write(`${name} could not be read\n`);
  return unread.length === 0 ? 0 : 1;
}

/** Memories are for their user's eyes, also where a file that was there is written over. */
async function writeForOwner(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "w", 0o600);
  try {
    if ((await file.stat()).isFile()) await file.chmod(0o600);
    await file.writeFile(bytes);
  } finally {
    await file.close();
  }
}

function formatOf(typed: string | undefined): ExportFormat {
  const format = EXPORT_FORMATS.find((one) => one === (typed ?? "jsonl"));
  if (format === undefined) throw new UsageError(`--format is ${EXPORT_FORMATS.join(", ")}`);
  return format;
}

/** The ids of projects that were typed by their names, or by their ids. */
async function projectsNamed(typed: readonly string[], memories: Memories): Promise<string[]> {
  const known = (await memories.projects()).map(({ project }) => project);
  return typed.flatMap((wanted) => {
    const found = known.filter(({ id, name }) => id === wanted || name === wanted);
    if (found.length === 0) throw new UsageError(`nothing is remembered of a project ${wanted}`);
    return found.map(({ id }) => id);
  });
}

async function isInRepository(path: string): Promise<boolean> {
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    if ((await stat(join(folder, ".git")).catch(() => undefined)) !== undefined) return true;
    if (folder === dirname(folder)) return false;
  }
}
