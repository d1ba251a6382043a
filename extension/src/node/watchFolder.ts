import { mkdirSync, watch, type FSWatcher } from "node:fs";

/** Starting an editor waits for nothing that is not needed yet. */
const WATCH_AFTER_MS = 2_000;

/**
 * Calls back when a file of a folder comes or goes, as far as the system tells; on a network it may
 * not. The folder is made if there is none, since nothing can be heard of one that is not there.
 */
export function watchFolder(folder: string, onNews: () => void): { dispose(): void } {
  let watcher: FSWatcher | undefined;
  const timer = setTimeout(() => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      watcher = watch(folder, { persistent: false }, onNews);
      // Such as when the folder is taken away; looking now and then goes on.
      watcher.on("error", () => watcher?.close());
    } catch {
      // The system has no watches left, or this file system has none.
    }
  }, WATCH_AFTER_MS);
  return {
    dispose: () => {
      clearTimeout(timer);
      watcher?.close();
    },
  };
}
