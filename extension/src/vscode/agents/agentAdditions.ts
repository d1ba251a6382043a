import * as vscode from "vscode";
import { ADDED_FOLDER, type AddedNote, parseAdded } from "../../common/agents/addedNotes.js";
import { type AdditionPorts, AgentAdditions } from "../../common/agents/AgentAdditions.js";
import { describe, type Log } from "../../common/Log.js";
import type { Memories } from "../../common/memories/Memories.js";
import type { Projects } from "../git/project.js";
import { childOf, readRegularFile } from "../storage/fileSystem.js";

/** Several changes often come one after the other. */
const LOOK_AFTER_MS = 300;

/** More processes than anybody has had in two weeks. */
const MAX_FILES = 500;

/** Counts what agents outside of the editor add, as the memories change. */
export function followAgents(
  memories: Memories,
  projects: Projects,
  storage: vscode.Uri,
  log: Log,
  where: Pick<AdditionPorts, "counted" | "kept">,
): vscode.Disposable {
  const additions = new AgentAdditions({
    ...where,
    memories,
    read: () => readNotes(childOf(storage, ADDED_FOLDER)),
    project: async () => (await projects.current())?.id,
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = memories.changes.listen(({ remembered }) => {
    // What this window remembers is counted as it does so.
    if (remembered.length > 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      additions.look().catch((error: unknown) => log.debug(`not counted: ${describe(error)}`));
    }, LOOK_AFTER_MS);
  });
  return {
    dispose: () => {
      stop();
      clearTimeout(timer);
    },
  };
}

async function readNotes(folder: vscode.Uri): Promise<AddedNote[]> {
  const files = vscode.workspace.fs;
  const items = await files.readDirectory(folder).then(
    (found) => found,
    () => [],
  );
  const names = items.map(([name]) => name).filter((name) => name.endsWith(".json"));
  const notes = await Promise.all(
    names.slice(0, MAX_FILES).map(async (name) => {
      const bytes = await readRegularFile(files, childOf(folder, name)).catch(() => undefined);
      return bytes === undefined ? undefined : parseAdded(new TextDecoder().decode(bytes));
    }),
  );
  return notes.filter((note) => note !== undefined);
}
