import { dirname } from "node:path";
import type { ImportHost } from "../../common/import/ImportHost.js";
import { agentFolder } from "./agentFolders.js";
import { knownFilesOf } from "./keptImports.js";
import { nodeImportFiles } from "./nodeImportFiles.js";
import { placesOf } from "./places.js";

/** What can be taken in on this machine; `storage` is the extension's folder among the editor's. */
export function editorImport(storage: string, version: string): ImportHost {
  // The editor's `User` folder holds `globalStorage`, and that the folders of extensions.
  const editor = dirname(dirname(storage));
  return {
    files: nodeImportFiles,
    folderOf: (kind, repository) =>
      kind === "decisions" && repository === undefined
        ? undefined
        : agentFolder(kind, { editor, ...(repository === undefined ? {} : { repository }) }),
    knownFiles: () => knownFilesOf(storage, version),
    placesOf,
  };
}
