import { readEvents } from "./copilotEvents.js";
import { COPILOT_STORE, readCopilotStore } from "./copilotStore.js";
import type { Importer } from "./Importer.js";

/** Sessions of the Copilot CLI: `session-state/<id>/events.jsonl`, and its database of all sessions. */
export const copilotCli: Importer = {
  kind: "copilot-cli",
  title: "Copilot CLI",
  async find(files, folder) {
    const isEvents = (name: string): boolean => name === "events.jsonl";
    const found = await files.find(`${folder}/session-state`, isEvents, 1);
    const events = found.length > 0 ? found : await files.find(folder, isEvents, 2);
    return [...events, ...(await files.find(folder, (name) => name === COPILOT_STORE, 0))];
  },
  read: (input) =>
    input.file.path.endsWith(COPILOT_STORE) ? readCopilotStore(input) : readEvents(input),
};
