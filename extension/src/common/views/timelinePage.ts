import type { TimelineResult } from "recollect-wasm";
import type { Localize } from "../Localize.js";
import { formatDate, formatTime } from "../text/plainText.js";
import { typeWord } from "./memoryRow.js";
import type { Page, PageRow } from "./protocol.js";

/** What stood around a memory, day by day, oldest first. */
export function timelinePage({ items, anchor }: TimelineResult, l10n: Localize): Page {
  const days = new Map<string, PageRow[]>();
  for (const hit of items) {
    const day = formatDate(hit.at);
    const rows = days.get(day) ?? [];
    const isAnchor = hit.id === anchor;
    rows.push({
      label: isAnchor ? l10n.t("{0} (this one)", hit.title) : hit.title,
      description: `${formatTime(hit.at).slice(-5)} · ${typeWord(hit, l10n)}`,
      act: { do: "openMemory", id: hit.id },
    });
    days.set(day, rows);
  }
  const around = items.find(({ id }) => id === anchor);
  return {
    title: around === undefined ? l10n.t("Timeline") : l10n.t("Around “{0}”", around.title),
    kindWord: l10n.t("timeline"),
    ...{ warnings: [], facts: [], actions: [] },
    sections: [...days].map(([heading, rows]) => ({ kind: "rows", heading, rows })),
  };
}
