/** A commit, as the repository keeps it. */
export interface CommitObject {
  readonly hash: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Person;
  /** When it was committed, Unix milliseconds; git keeps whole seconds. */
  readonly committedAt: number;
  readonly message: string;
}

/** Who wrote a commit, and when. */
export interface Person {
  readonly name: string;
  readonly mail: string;
  /** Unix milliseconds. */
  readonly at: number;
}

const LINE_END = 10;

const utf8 = new TextDecoder();

/** Takes the bytes of a commit apart; rejects what is none. */
export function parseCommit(hash: string, data: Uint8Array): CommitObject {
  let end = 0;
  while (end < data.length && !(data[end] === LINE_END && data[end + 1] === LINE_END)) end += 1;
  const head = data.subarray(0, end);
  const lines = decoded(head).split("\n");
  const encoding = valuesOf(lines, "encoding")[0];
  // People's names are written in the encoding of the message.
  const namedLines = encoding === undefined ? lines : decoded(head, encoding).split("\n");
  const [tree] = valuesOf(lines, "tree");
  if (tree === undefined) throw new Error("a commit without a tree");
  return {
    hash,
    tree,
    parents: valuesOf(lines, "parent"),
    author: parsePerson(valuesOf(namedLines, "author")[0] ?? ""),
    committedAt: parsePerson(valuesOf(lines, "committer")[0] ?? "").at,
    message: decoded(data.subarray(end + 2), encoding),
  };
}

/** Values of a commit's head; a line that begins with a blank goes on with the one before. */
function valuesOf(lines: readonly string[], name: string): string[] {
  return lines.flatMap((line) =>
    line.startsWith(`${name} `) ? [line.slice(name.length + 1)] : [],
  );
}

/** The hash of what a tag names. */
export function parseTag(data: Uint8Array): string | undefined {
  return /^object ([0-9a-f]{40,64})\n/.exec(utf8.decode(data.subarray(0, 200)))?.[1];
}

function parsePerson(line: string): Person {
  const start = line.indexOf("<");
  const end = line.lastIndexOf(">");
  const [seconds = ""] = line
    .slice(end + 1)
    .trim()
    .split(" ");
  return {
    name: line.slice(0, Math.max(start, 0)).trim(),
    mail: start < 0 || end < start ? "" : line.slice(start + 1, end).trim(),
    at: /^\d{1,12}$/.test(seconds) ? Number(seconds) * 1_000 : 0,
  };
}

/** Commits of old times may be written in another encoding, which they name. */
function decoded(bytes: Uint8Array, encoding?: string): string {
  if (encoding === undefined) return utf8.decode(bytes);
  try {
    return new TextDecoder(encoding.trim()).decode(bytes);
  } catch {
    // Nobody knows an encoding of that name.
    return utf8.decode(bytes);
  }
}
