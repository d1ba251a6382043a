import { ENGLISH } from "../../common/Localize.js";
import { resolve } from "node:path";
import { IMPORTERS } from "../../common/import/importers.js";
import { countIn, takeIn, type TakenIn } from "../../common/import/takeIn.js";
import type { FoundFile, Importer } from "../../common/import/Importer.js";
import type { Memories } from "../../common/memories/Memories.js";
import type { KnownFiles } from "../../common/import/KnownFiles.js";
import { agentFolder } from "../import/agentFolders.js";
import { nodeImportFiles } from "../import/nodeImportFiles.js";
import { placesOf } from "../import/places.js";
import { UsageError } from "./options.js";

/** Skipped items that are printed. */
const MAX_PRINTED = 100;

/** Lists which agents' sessions are on this machine. */
export async function listSessions(): Promise<number> {
  for (const importer of IMPORTERS) {
    const { kind, title } = importer;
    const folder = agentFolder(kind);
    if (folder === undefined) {
      process.stdout.write(`${kind}  ${title}: needs a file or a folder\n`);
      continue;
    }
    const found = await importer.find(nodeImportFiles, folder);
    const bytes = found.reduce((sum, file) => sum + file.bytes, 0);
    process.stdout.write(`${kind}  ${title}: ${found.length} files, ${bytes} bytes\n`);
  }
  process.stdout.write(
    "recollect import --from <name> takes them in, --from all all of them; --dry-run only counts\n",
  );
  return 0;
}

/** What stands for all that is found where it is expected. */
export const ALL = "all";

/** What is to be taken in, or only counted. */
interface How {
  readonly path: string | undefined;
  readonly isDryRun: boolean;
  /** Which files were taken in before. */
  readonly known: KnownFiles;
}

/** Takes in the sessions of one agent or of all, or counts what they tell. */
export async function importSessions(
  kind: string,
  { path, isDryRun, known }: How,
  memories: Memories,
  signal: AbortSignal,
): Promise<number> {
  const files = nodeImportFiles;
  const placeOf = placesOf(memories);
  for (const { importer, found } of await sourcesOf(kind, path)) {
    if (kind === ALL) process.stdout.write(`${importer.kind}  ${ENGLISH.t(importer.title)}\n`);
    const taken = isDryRun
      ? await countIn(importer, found, { files, signal })
      : await takeIn(importer, found, { files, memories, signal, placeOf, known });
    print(taken, isDryRun);
    if (taken.isCancelled) return 1;
  }
  return 0;
}

interface Source {
  readonly importer: Importer;
  readonly found: readonly FoundFile[];
}

async function sourcesOf(kind: string, path: string | undefined): Promise<Source[]> {
  const importers = IMPORTERS.filter((one) => kind === ALL || one.kind === kind);
  const known = [ALL, ...IMPORTERS.map((one) => one.kind)].join(", ");
  if (importers.length === 0) throw new UsageError(`--from must be one of ${known}`);
  if (kind === ALL && path !== undefined) throw new UsageError(`--from ${ALL} takes no path`);
  const sources: Source[] = [];
  for (const importer of importers) {
    const folder = path === undefined ? agentFolder(importer.kind) : resolve(path);
    if (folder === undefined && kind !== ALL)
      throw new UsageError(`--from ${kind} needs a file or a folder`);
    if (folder === undefined) continue;
    const found = await importer.find(nodeImportFiles, folder);
    if (kind !== ALL || found.length > 0) sources.push({ importer, found });
  }
  return sources;
}

function print(taken: TakenIn, isDryRun: boolean): void {
  const { files, sessions, turns, added, known, knownSessions } = taken;
  const { forgotten, live, skipped, isCancelled } = taken;
  const lines = [`${files} files, ${sessions} sessions, ${turns} turns read`];
  if (isDryRun) lines.push("nothing was taken in");
  else lines.push(`${added} records added, ${known} known already`);
  if (knownSessions > 0) lines.push(`${knownSessions} sessions were taken in before, all of them`);
  if (forgotten > 0) lines.push(`${forgotten} left out because they were forgotten here`);
  if (live > 0) lines.push(`${live} turns left out because they were recorded as they happened`);
  for (const { path, line, reason, args = [] } of skipped.slice(0, MAX_PRINTED))
    lines.push(`${path}${line === 0 ? "" : `:${line}`}: ${ENGLISH.t(reason, ...args)}`);
  if (skipped.length > MAX_PRINTED) lines.push(`… and ${skipped.length - MAX_PRINTED} more`);
  if (isCancelled) lines.push("interrupted; what was taken in stays, and the next time goes on");
  process.stdout.write(`${lines.join("\n")}\n`);
}
