import type { Commit } from "recollect-wasm";
import type { Verdict } from "../capture/Exclusions.js";

/** A commit without the files of which nothing is to be kept. */
export async function screenedCommit(
  commit: Commit,
  verdict: (path: string) => Promise<Verdict>,
): Promise<Commit> {
  const { files, added, deleted, renamed } = commit;
  const named = [...files, ...(renamed ?? []).map(({ from }) => from)];
  const kept = new Set<string>();
  await Promise.all(
    named.map(async (path) => {
      if ((await verdict(path)) === "kept") kept.add(path);
    }),
  );
  if (kept.size === named.length) return commit;
  const isKept = (path: string): boolean => kept.has(path);
  // What came out of a file that is not spoken of looks as if it were new.
  const moved = renamed?.filter(({ from, to }) => isKept(from) && isKept(to));
  return {
    ...commit,
    files: files.filter(isKept),
    ...(added === undefined ? {} : { added: added.filter(isKept) }),
    ...(deleted === undefined ? {} : { deleted: deleted.filter(isKept) }),
    ...(moved === undefined ? {} : { renamed: moved }),
  };
}
