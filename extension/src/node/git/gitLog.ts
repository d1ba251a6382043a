import type { Commit } from "recollect-wasm";
import { changeFields, keptChanges, type FileChange } from "../../common/git/treeChanges.js";

/** What is asked of each commit; each value ends with a NUL, which no value holds. */
export const LOG_FORMAT = `--format=%x00${["%H", "%P", "%at", "%ct", "%aN", "%B"].join("%x00")}%x00`;

/** Values of {@link LOG_FORMAT}. */
const VALUES = 6;

const HASH = /^[0-9a-f]{40,64}$/;

/** Modes, hashes and what became of a file, as `git log --raw` writes them before its path. */
const RAW = /^\n*:(\d+) (\d+) ([0-9a-f]+) ([0-9a-f]+) ([A-Z])\d*$/;

/** What a file that does not exist has as its hash. */
const NONE = /^0+$/;

/** Takes what `git log -z --raw` writes apart, as it comes. */
export async function* parseLog(chunks: AsyncIterable<Buffer>): AsyncGenerator<Commit> {
  let values: string[] | undefined;
  let changes: FileChange[] = [];
  let raw: RegExpExecArray | undefined;
  let from: string | undefined;
  for await (const text of texts(chunks)) {
    if (raw !== undefined) {
      // A file that was renamed has two paths.
      if (raw[5] === "R" && from === undefined) from = text;
      else {
        changes.push(changeOf(raw, text, from));
        raw = from = undefined;
      }
    } else if (values !== undefined && values.length < VALUES) values.push(text);
    else if (HASH.test(text)) {
      if (values !== undefined) yield commitOf(values, changes);
      values = [text];
      changes = [];
    } else raw = RAW.exec(text) ?? undefined;
  }
  if (values?.length === VALUES) yield commitOf(values, changes);
}

function changeOf(
  [, oldMode = "", newMode = "", before = "", after = ""]: RegExpExecArray,
  path: string,
  from: string | undefined,
): FileChange {
  return {
    path,
    ...(NONE.test(before) && NONE.test(oldMode) ? {} : { before: { hash: before, mode: oldMode } }),
    ...(NONE.test(after) && NONE.test(newMode) ? {} : { after: { hash: after, mode: newMode } }),
    ...(from === undefined ? {} : { from }),
  };
}

function commitOf(values: readonly string[], changes: readonly FileChange[]): Commit {
  const [hash = "", parents = "", authored = "", committed = "", author = "", message = ""] =
    values;
  const at = Number(authored) * 1_000 || 0;
  const committedAt = Number(committed) * 1_000 || 0;
  return {
    hash,
    message: message.trim(),
    at,
    ...(committedAt === at ? {} : { committedAt }),
    ...(author === "" ? {} : { author }),
    ...changeFields(keptChanges(changes)),
    parents: parents === "" ? [] : parents.split(" "),
  };
}

/** Texts that end with a NUL. */
async function* texts(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
      rest.push(chunk.subarray(start, end));
      const [only] = rest;
      yield (rest.length === 1 && only !== undefined ? only : Buffer.concat(rest)).toString("utf8");
      rest = [];
      start = end + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
  }
}
