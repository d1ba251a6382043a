import type { Localize } from "../Localize.js";

/** How many memories, in words. */
export function memoryCount(count: number, l10n: Localize): string {
  return count === 1 ? l10n.t("1 memory") : l10n.t("{0} memories", count);
}

/** How many files, in words. */
export function fileCount(count: number, l10n: Localize): string {
  return count === 1 ? l10n.t("1 file") : l10n.t("{0} files", count);
}

/** How many records, in words. */
export function recordCount(count: number, l10n: Localize): string {
  return count === 1 ? l10n.t("1 record") : l10n.t("{0} records", count);
}

/** How many lines, in words. */
export function lineCount(count: number, l10n: Localize): string {
  return count === 1 ? l10n.t("1 line") : l10n.t("{0} lines", count);
}

/** A size as people read it: `12 KB`, `3.4 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.ceil(bytes / 1024)} KB`;
  return `${(bytes / (1024 * 1024)).toFixed(1)} MB`;
}
