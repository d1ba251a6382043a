import type { Sector } from "recollect-wasm";
import type { Localize } from "../Localize.js";
import type { Memories } from "../memories/Memories.js";
import { LISTED_KINDS } from "../recall/listedKinds.js";
import { formatDate } from "../text/plainText.js";
import type { ActivityNews, CountedMark } from "./protocol.js";
import type { TodayRequest } from "./todayRows.js";

/** Files that are listed. */
const MAX_FILES = 12;

/** How what is listed spreads over days and, if all is wanted, over files and kinds of remembering. */
export async function activityNews(
  memories: Pick<Memories, "activity">,
  { projects, now, isWhole }: TodayRequest & { readonly isWhole: boolean },
  l10n: Localize,
): Promise<ActivityNews> {
  const { days, files, sectors } = await memories.activity(
    { kinds: LISTED_KINDS, ...(projects.length === 0 ? {} : { projects: [...projects] }) },
    isWhole ? MAX_FILES : 0,
  );
  const file = ({ path, count }: (typeof files)[number]): CountedMark[] =>
    // The query language has no way to write a quote.
    path.includes('"') ? [] : [{ filter: `file:"${path}"`, label: path, count }];
  const sector = ([name, label]: readonly [Sector, string]): CountedMark[] => {
    const count = sectors[name] ?? 0;
    return count === 0 ? [] : [{ filter: `sector:${name}`, label, count }];
  };
  return {
    ...{ kind: "activity", today: formatDate(now), days },
    files: files.flatMap(file),
    sectors: isWhole ? sectorWords(l10n).flatMap(sector) : [],
  };
}

function sectorWords(l10n: Localize): readonly (readonly [Sector, string])[] {
  return [
    ["episodic", l10n.t("What happened")],
    ["semantic", l10n.t("What is so")],
    ["procedural", l10n.t("How it is done")],
    ["emotional", l10n.t("How it felt")],
    ["reflective", l10n.t("What was concluded")],
  ];
}
