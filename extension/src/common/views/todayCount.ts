import type { Memories } from "../memories/Memories.js";
import { LISTED_KINDS } from "../recall/listedKinds.js";
import { startOfDay } from "./memoryRow.js";
import type { TodayRequest } from "./todayRows.js";

/** How many memories are of today; single events are not counted, a day has hundreds. */
export async function todayCount(
  memories: Pick<Memories, "recent">,
  { projects, now }: TodayRequest,
): Promise<number> {
  const { total } = await memories.recent({
    ...(projects.length === 0 ? {} : { projects: [...projects] }),
    // What sums a session up is listed in the session's own row.
    kinds: LISTED_KINDS.filter((kind) => kind !== "summary"),
    since: startOfDay(now),
    limit: 1,
  });
  return total;
}
