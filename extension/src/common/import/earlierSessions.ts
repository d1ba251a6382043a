import type { FoundFile, Importer, ImportFiles } from "./Importer.js";
import type { ImportHost } from "./ImportHost.js";

/** Files that are looked at, the newest of each agent: looking must not take long. */
const MAX_FILES = 1_000;

/** Lines of a file among which it says where it was made. */
const MAX_LINES = 200;

/** The sessions of one agent that were made in a project. */
export interface EarlierSessions {
  readonly importer: Importer;
  readonly found: readonly FoundFile[];
}

/** Which files of agents tell of a project, as far as their beginnings say; each is one session. */
export async function earlierSessions(
  importers: readonly Importer[],
  { files, folderOf }: Pick<ImportHost, "files" | "folderOf">,
  isOfProject: (folder: string) => Promise<boolean>,
  signal: AbortSignal,
): Promise<EarlierSessions[]> {
  const sessions: EarlierSessions[] = [];
  for (const importer of importers) {
    const where = folderOf(importer.kind, undefined);
    if (where === undefined) continue;
    // A database holds the sessions of all projects.
    const single = (await importer.find(files, where)).filter(({ path }) => !path.endsWith(".db"));
    const newest = single.sort((one, other) => other.at - one.at);
    const found: FoundFile[] = [];
    for (const file of newest.slice(0, MAX_FILES)) {
      if (signal.aborted) break;
      const folder = await folderIn(importer, file, files, signal);
      if (folder !== undefined && (await isOfProject(folder))) found.push(file);
    }
    // A fork of a session is taken in after it.
    found.sort((one, other) => one.at - other.at);
    if (found.length > 0) sessions.push({ importer, found });
  }
  return sessions;
}

/** The folder that the first thing of a file was told in; nothing if it cannot be read. */
async function folderIn(
  importer: Importer,
  file: FoundFile,
  files: ImportFiles,
  signal: AbortSignal,
): Promise<string | undefined> {
  const lines = first(files.lines(file.path, signal));
  try {
    for await (const { cwd } of importer.read({ file, files, lines, onSkipped: () => undefined }))
      return cwd;
  } catch {
    // It is named when it is taken in.
  }
  return undefined;
}

async function* first(lines: AsyncIterable<string | undefined>): AsyncIterable<string | undefined> {
  let count = 0;
  for await (const line of lines) {
    yield line;
    count += 1;
    if (count >= MAX_LINES) return;
  }
}
