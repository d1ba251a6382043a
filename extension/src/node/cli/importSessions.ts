import { ENGLISH } from "../../common/Localize.js";
import { resolve } from "node:path";
import { IMPORTERS } from "../../common/import/importers.js";
import { countIn, takeIn, type TakenIn } from "../../common/import/takeIn.js";
import type { Memories } from "../../common/memories/Memories.js";
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
    "recollect import --from <name> takes them in; add --dry-run to only count\n",
  );
  return 0;
}

/** Takes in the sessions of an agent, or counts what they tell. */
export async function importSessions(
  kind: string,
  { path, isDryRun }: { path: string | undefined; isDryRun: boolean },
  memories: Memories,
  signal: AbortSignal,
): Promise<number> {
  const importer = IMPORTERS.find((one) => one.kind === kind);
  const known = IMPORTERS.map((one) => one.kind).join(", ");
  if (importer === undefined) throw new UsageError(`--from must be one of ${known}`);
  const folder = path === undefined ? agentFolder(kind) : resolve(path);
  if (folder === undefined) throw new UsageError(`--from ${kind} needs a file or a folder`);
  const found = await importer.find(nodeImportFiles, folder);
  const files = nodeImportFiles;
  const taken = isDryRun
    ? await countIn(importer, found, { files, signal })
    : await takeIn(importer, found, { files, memories, signal, placeOf: placesOf(memories) });
  print(taken, isDryRun);
  return taken.isCancelled ? 1 : 0;
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
