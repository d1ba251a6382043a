import type { Memory } from "recollect-wasm";
import type { Localize } from "../Localize.js";

/** The parts of a session's summary, each with its heading; what says nothing is empty or absent. */
export function summaryParts(
  summary: NonNullable<Memory["summary"]>,
  l10n: Localize,
): [string, string | undefined][] {
  const { request, investigated, learned, completed, nextSteps, notes } = summary;
  return [
    [l10n.t("Request"), request],
    [l10n.t("Investigated"), investigated],
    [l10n.t("Learned"), learned],
    [l10n.t("Completed"), completed],
    [l10n.t("Next steps"), nextSteps],
    [l10n.t("Notes"), notes],
  ];
}
