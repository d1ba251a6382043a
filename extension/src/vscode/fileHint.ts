import type { FileSystem, Uri } from "vscode";
import type { HintFile } from "../common/HintedSegmentStore.js";
import { childOf, hasFileSystemCode } from "./fileSystem.js";

/** The file `hint/tabs.json` in the folder with `seg/` in it, through the editor's file service. */
export function hintFile(files: FileSystem, folder: Uri): HintFile {
  const uri = childOf(childOf(folder, "hint"), "tabs.json");
  return {
    async read() {
      try {
        return new TextDecoder().decode(await files.readFile(uri));
      } catch (error) {
        if (hasFileSystemCode(error, "FileNotFound")) return undefined;
        throw error;
      }
    },
    async write(text) {
      await files.writeFile(uri, new TextEncoder().encode(text));
    },
  };
}
