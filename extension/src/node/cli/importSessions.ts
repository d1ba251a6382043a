import { resolve } from "node:path";
import { IMPORTERS } from "../../common/import/importers.js";
import { countIn, takeIn, type TakenIn } from "../../common/import/takeIn.js";
import type { Memories } from "../../common/memories/Memories.js";
import { agentFolder } from "../import/agentFolders.js";
import { nodeImportFiles } from "../import/nodeImportFiles.js";
import { type KnownRoots, placeOfFolder } from "./gitProject.js";
import { UsageError } from "./options.js";

/** Skipped items that are printed. */
const MAX_PRINTED = 100;

/** Lists which agents' sessions are on this machine. */
export async function listSessions(): Promise<number> {
  for (const importer of IMPORTERS) {
    const { kind, title } = importer;
    const folder = agentFolder(kind);
    const found = folder === undefined ? [] : await importer.find(nodeImportFiles, folder);
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
  const known = IMPORTERS.map((one) => one.kind).join(" or ");
  if (importer === undefined) throw new UsageError(`--from must be ${known}`);
  const folder = path === undefined ? agentFolder(kind) : resolve(path);
  const found = folder === undefined ? [] : await importer.find(nodeImportFiles, folder);
  const files = nodeImportFiles;
  const taken = isDryRun
    ? await countIn(importer, found, { files, signal })
    : await takeIn(importer, found, { files, memories, signal, placeOf: placesOf(memories) });
  print(taken, isDryRun);
  return taken.isCancelled ? 1 : 0;
}

/** The project and the roots of folders, each looked up once. */
export function placesOf(memories: Memories): Parameters<typeof takeIn>[2]["placeOf"] {
  const known: KnownRoots = new Map();
  const places = new Map<string, ReturnType<Parameters<typeof takeIn>[2]["placeOf"]>>();
  return (folder) => {
    const looked =
      places.get(folder) ??
      (async () => {
        const { place, roots } = await placeOfFolder(folder, known);
        return { project: await memories.projectAt(place), roots };
      })();
    places.set(folder, looked);
    return looked;
  };
}

function print(taken: TakenIn, isDryRun: boolean): void {
  const { files, sessions, turns, added, known, forgotten, live, skipped, isCancelled } = taken;
  const lines = [`${files} files, ${sessions} sessions, ${turns} turns read`];
  if (isDryRun) lines.push("nothing was taken in");
  else lines.push(`${added} records added, ${known} known already`);
  if (forgotten > 0) lines.push(`${forgotten} left out because they were forgotten here`);
  if (live > 0) lines.push(`${live} turns left out because they were recorded as they happened`);
  for (const { path, line, reason } of skipped.slice(0, MAX_PRINTED))
    lines.push(`${path}${line === 0 ? "" : `:${line}`}: ${reason}`);
  if (skipped.length > MAX_PRINTED) lines.push(`… and ${skipped.length - MAX_PRINTED} more`);
  if (isCancelled) lines.push("interrupted; what was taken in stays, and the next time goes on");
  process.stdout.write(`${lines.join("\n")}\n`);
}
