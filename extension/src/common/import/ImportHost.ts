import type { Memories } from "../memories/Memories.js";
import type { ImportFiles } from "./Importer.js";
import type { KnownFiles } from "./KnownFiles.js";
import type { ToldPlace } from "./takeIn.js";

/** Reads what agents keep on a machine. */
export interface ImportHost {
  readonly files: ImportFiles;
  /** Where an agent keeps its sessions; nothing for what only its user knows the place of. */
  folderOf(kind: string, repository: string | undefined): string | undefined;
  /** Which files were taken in before. */
  knownFiles(): Promise<KnownFiles>;
  placesOf(memories: Memories): (folder: string) => Promise<ToldPlace>;
}
