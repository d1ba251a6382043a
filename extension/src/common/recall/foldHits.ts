import { withoutEnd } from "../text/withoutEnd.js";
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

/** A version with or without a range in front, or another number. */
const NUMBER = /^[~^<>=]*v?\d[\w.+-]*$/u;
const HASH = /^[a-f\d]{7,40}$/u;

/** Words with which updates of dependencies begin. */
const UPDATES: ReadonlySet<string> = new Set([
  ...["bump", "bumps", "update", "updates", "upgrade", "upgrades"],
]);

/** What a title says but for its numbers, hashes and versions. */
function withoutNumbers(title: string): string[] {
  return title.toLowerCase().split(" ").map(withoutNumber);
}

function withoutNumber(word: string): string {
  const bare = withoutEnd(word.replace(/^[("'[#]+/u, ""), ",.;:)]'\"");
  if (NUMBER.test(bare) || (HASH.test(bare) && /\d/u.test(bare))) return "#";
  const at = bare.lastIndexOf("@");
  return at > 0 && NUMBER.test(bare.slice(at + 1)) ? "@#" : word;
}

/** What updates of dependencies say, whatever the dependency: `bump a from 1 to 2`, `bump the b group`. */
function withoutDependency(words: readonly string[]): readonly string[] {
  const verb = words.findIndex((word) => UPDATES.has(word));
  if (verb < 0) return words;
  const before = [...words.slice(0, verb), "bump"];
  if (words[verb + 1] === "the" && words.includes("group", verb + 3)) return before;
  const end = words.findIndex(
    (word, place) =>
      place > verb + 2 && word === "#" && ["from", "to"].includes(words[place - 1] ?? ""),
  );
  if (end < 0) return words;
  const isRange = words[end + 1] === "to" && words[end + 2] === "#";
  return [...before, ...words.slice(isRange ? end + 3 : end + 1)];
}

/** Equal for hits that are to be taken together. What stands alone has its own. */
function keyOf({ id, kind, type, title, project }: Hit): string {
  // What a session amounted to, or somebody asked, is never one of many.
  if (kind !== "observation" && kind !== "event") return id;
  const words = withoutDependency(withoutNumbers(title)).join(" ");
  // Nothing but numbers is too little to be the same.
  if (!/\p{L}{2}/u.test(words)) return id;
  return [kind, type ?? "", project.id, words].join("\n");
}
