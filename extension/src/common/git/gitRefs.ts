import type { FolderReader } from "./FolderReader.js";
import { readText, refIn, type GitFolder } from "./gitFolder.js";

/** What the names in a repository lead to. */
export interface GitRefs {
  /** What a history is followed from: what is checked out, and the branches. Hashes, each once. */
  readonly tips: readonly string[];
  readonly tags: readonly GitTag[];
}

/** A tag by its short name. */
export interface GitTag {
  readonly name: string;
  /** Of a commit, or of the tag itself where somebody has written a text for it. */
  readonly hash: string;
  /** Where it leads in the end, if that is known. */
  readonly commit?: string;
}

/** Refs in order of their names, by the whole name. */
type Refs = ReadonlyMap<string, { readonly hash: string; readonly peeled?: string }>;

/** Folders in folders of refs. */
const MAX_DEPTH = 16;

/** Refs that are files of their own; git packs them from time to time. */
const MAX_LOOSE_REFS = 20_000;

/**
 * Reads where a repository's history ends, from its files.
 *
 * Tags stay where they are, so those in `tags` are not read again; what is read is put in.
 */
export async function readGitRefs(
  reader: FolderReader,
  { gitFolder, commonFolder }: GitFolder,
  tags = new Map<string, string>(),
): Promise<GitRefs> {
  const packed = packedRefs((await readText(reader, `${commonFolder}/packed-refs`)) ?? "");
  const loose = await Promise.all(
    ["heads", "remotes", "tags"].map((kind) => {
      const known = kind === "tags" ? tags : new Map<string, string>();
      return looseRefs({ reader, commonFolder, known }, `refs/${kind}`, 0);
    }),
  );
  // What is a file of its own is newer than what is packed.
  const refs: Refs = new Map([...packed, ...loose.flat().map(([name, hash]) => entry(name, hash))]);
  const head = ((await readText(reader, `${gitFolder}/HEAD`)) ?? "").trim();
  return { tips: tipsOf(head, refs), tags: tagsOf(refs) };
}

/** The commit that is checked out; `undefined` before the first one. */
export async function readHead(
  reader: FolderReader,
  { gitFolder, commonFolder }: Pick<GitFolder, "gitFolder" | "commonFolder">,
): Promise<string | undefined> {
  let text = (await readText(reader, `${gitFolder}/HEAD`))?.trim() ?? "";
  for (let step = 0; step < MAX_STEPS; step += 1) {
    if (HASH.test(text)) return text;
    const ref = refIn(text);
    if (ref === undefined) return undefined;
    const loose = (await readText(reader, `${commonFolder}/${ref}`))?.trim();
    const packed = async (): Promise<string | undefined> =>
      packedRefs((await readText(reader, `${commonFolder}/packed-refs`)) ?? "").get(ref)?.hash;
    text = loose ?? (await packed()) ?? "";
  }
  return undefined;
}

/**
 * Whether a branch's history is learned: the user's own, and what they follow at a remote. Other
 * people's branches may never become part of the project.
 */
export function isFollowed(ref: string, all: { has(ref: string): boolean }): boolean {
  if (ref.startsWith("refs/heads/")) return true;
  const [, branch] = /^refs\/remotes\/[^/]+\/(.+)$/.exec(ref) ?? [];
  return branch !== undefined && (branch === "HEAD" || all.has(`refs/heads/${branch}`));
}

const HASH = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/** Refs that name refs, one after the other, at most. */
const MAX_STEPS = 5;

function tipsOf(head: string, refs: Refs): string[] {
  const hashOf = (text: string): string | undefined => {
    let value: string | undefined = text;
    for (let step = 0; step < MAX_STEPS && value !== undefined; step += 1) {
      if (HASH.test(value)) return value;
      value = refs.get(refIn(value) ?? "")?.hash;
    }
    return undefined;
  };
  const followed = [...refs].filter(([name]) => isFollowed(name, refs));
  const texts = [head, ...followed.map(([, { hash }]) => hash)];
  return [...new Set(texts.flatMap((text) => hashOf(text) ?? []))];
}

function tagsOf(refs: Refs): GitTag[] {
  return [...refs].flatMap(([name, { hash, peeled }]) => {
    if (!name.startsWith("refs/tags/") || !HASH.test(hash)) return [];
    const commit = peeled === undefined ? {} : { commit: peeled };
    return [{ name: name.slice("refs/tags/".length), hash, ...commit }];
  });
}

/** The lines of `packed-refs`: a hash and a name, and then maybe what a tag leads to. */
function packedRefs(text: string): Map<string, { hash: string; peeled?: string }> {
  const refs = new Map<string, { hash: string; peeled?: string }>();
  let last: { hash: string; peeled?: string } | undefined;
  for (const line of text.split("\n")) {
    if (line.startsWith("#")) continue;
    if (line.startsWith("^")) {
      if (last !== undefined) last.peeled = line.slice(1).trim();
      continue;
    }
    const blank = line.indexOf(" ");
    if (blank < 0) continue;
    last = { hash: line.slice(0, blank) };
    refs.set(line.slice(blank + 1).trim(), last);
  }
  return refs;
}

function entry(name: string, hash: string): [string, { hash: string }] {
  return [name, { hash }];
}

/** Where refs are read, and the values of those that are not read again. */
interface LooseRefs {
  readonly reader: FolderReader;
  readonly commonFolder: string;
  readonly known: Map<string, string>;
}

async function looseRefs(
  refs: LooseRefs,
  folder: string,
  depth: number,
): Promise<[string, string][]> {
  const { reader, commonFolder, known } = refs;
  const items = (await reader.list(`${commonFolder}/${folder}`)) ?? [];
  const found = await Promise.all(
    items.slice(0, MAX_LOOSE_REFS).map(async ({ name, isFolder }) => {
      const ref = `${folder}/${name}`;
      if (isFolder) return depth < MAX_DEPTH ? looseRefs(refs, ref, depth + 1) : [];
      const text = known.get(ref) ?? (await readText(reader, `${commonFolder}/${ref}`))?.trim();
      if (text === undefined) return [];
      known.set(ref, text);
      return [[ref, text] satisfies [string, string]];
    }),
  );
  return found.flat();
}
