import type { FileSystem, Uri } from "vscode";
import type { HintFile } from "../../common/storage/HintedSegmentStore.js";
import { childOf, readRegularFile } from "./fileSystem.js";

/** The file `hint/tabs.json` in the folder with `seg/` in it, through the editor's file service. */
export function hintFile(files: FileSystem, folder: Uri): HintFile {
  const uri = childOf(childOf(folder, "hint"), "tabs.json");
  return {
    async read() {
      const bytes = await readRegularFile(files, uri);
      return bytes && new TextDecoder().decode(bytes);
    },
    async write(text) {
      await files.writeFile(uri, new TextEncoder().encode(text));
    },
  };
}
