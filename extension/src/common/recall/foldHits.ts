import type { Hit } from "recollect-wasm";

/** Hits of a list whose titles say the same but for numbers, versions and names of packages. */
export interface HitGroup {
  /** The one that stands first in the list. */
  readonly first: Hit;
  /** Its place in the list, from 0. */
  readonly index: number;
  /** All of them, the first among them, in the order of the list. */
  readonly hits: readonly Hit[];
}

/** Fewer are shown one by one. */
const MIN_FOLDED = 3;

/** A list with near-equal titles taken together, each group in the place of its first hit. */
export function foldHits(hits: readonly Hit[]): HitGroup[] {
  const groups = new Map<string, { first: Hit; index: number; hits: Hit[] }>();
  for (const [index, hit] of hits.entries()) {
    const key = keyOf(hit);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: hit, index, hits: [hit] });
    else group.hits.push(hit);
  }
  return [...groups.values()]
    .flatMap((group) =>
      group.hits.length >= MIN_FOLDED
        ? [group]
        : group.hits.map((hit) => ({ first: hit, index: hits.indexOf(hit), hits: [hit] })),
    )
    .sort((a, b) => a.index - b.index);
}

/** A hash, a version with or without a range in front, or another number. */
const NUMBERS =
  /(?<![\p{L}\p{N}])(?:[~^<>=]*v?\d[\w.+-]*|(?=[a-f]*\d)[a-f\d]{7,40})(?![\p{L}\p{N}])/gu;

/** What updates of dependencies say, whatever the dependency: `bump a from 1 to 2`, `a@^1.2.0`. */
const UPDATES: readonly [RegExp, string][] = [
  [/\b(?:bumps?|updates?|upgrades?) .+? (?:from #(?: to #)?|to #)/u, "bump"],
  [/\b(?:bumps?|updates?|upgrades?) the .+? group\b.*/u, "bump"],
  [/[\w./@-]+@#/gu, "@#"],
];

/** Equal for hits that are to be taken together. What stands alone has its own. */
function keyOf({ id, kind, type, title, project }: Hit): string {
  // What a session amounted to, or somebody asked, is never one of many.
  if (kind !== "observation" && kind !== "event") return id;
  let words = title.toLowerCase().replace(NUMBERS, "#");
  for (const [pattern, replacement] of UPDATES) words = words.replace(pattern, replacement);
  // Nothing but numbers is too little to be the same.
  if (!/\p{L}{2}/u.test(words)) return id;
  return [kind, type ?? "", project.id, words].join("\n");
}
