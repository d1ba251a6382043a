import type { Stats } from "recollect-wasm";
import { formatBytes } from "../text/count.js";
import type { Localize } from "../Localize.js";

/** Beyond these, everything still works, but slower; nothing is ever deleted for it. */
const MAX_MEMORIES = 100_000;
const MAX_BYTES = 256 * 1024 * 1024;
const MAX_SEGMENTS = 10_000;

/** A sentence for each limit that is passed. */
export function passedLimits(
  { memories, segmentBytes, segments }: Pick<Stats, "memories" | "segmentBytes" | "segments">,
  l10n: Localize,
): string[] {
  const passed: string[] = [];
  if (memories > MAX_MEMORIES)
    passed.push(
      l10n.t("There are {0} memories, more than the {1} that are meant.", memories, MAX_MEMORIES),
    );
  if (segmentBytes > MAX_BYTES)
    passed.push(
      l10n.t(
        "The files take {0}, more than the {1} that are meant.",
        formatBytes(segmentBytes),
        formatBytes(MAX_BYTES),
      ),
    );
  if (segments > MAX_SEGMENTS)
    passed.push(
      l10n.t("There are {0} files, more than the {1} that are meant.", segments, MAX_SEGMENTS),
    );
  return passed;
}
