import {
  applyEdits,
  createScanner,
  getNodeValue,
  findNodeAtLocation,
  modify,
  type Node,
  parseTree,
  type ParseError,
} from "jsonc-parser";
import type { FileChange, Insertion } from "./connections.js";

/** A piece of text that stands in place of another. */
export interface Splice {
  readonly inserted: string;
  readonly replaced: string;
  /** Where it stood when it was made, in UTF-16 code units. */
  readonly at: number;
}

/** A file's text after a change, and how to take it back. */
export interface Edited {
  readonly text: string;
  /** In the order in which they were made. */
  readonly splices: readonly Splice[];
}

/** A file of settings that cannot be changed without breaking it; the message says why. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** Adds to the text of a file; everything that is there stays, comments and spaces too. */
export function edited(text: string, change: FileChange): Edited {
  if (change.kind === "toml") return withTable(text, change);
  // A mark of the encoding is no part of the JSON.
  const mark = text.startsWith("\ufeff") ? "\ufeff" : "";
  const { text: after, splices } = withInsertions(text.slice(mark.length), change.insertions);
  return {
    text: mark + after,
    splices: splices.map((splice) => ({ ...splice, at: splice.at + mark.length })),
  };
}

/**
 * Takes changes back where what was inserted is found again, whatever else was changed since;
 * `undefined` if it is not there any more as it was, or more than once.
 */
export function undone(text: string, splices: readonly Splice[]): string | undefined {
  let left = text;
  for (const { inserted, replaced, at } of [...splices].reverse()) {
    const isWhereItWas = left.startsWith(inserted, at);
    const place = isWhereItWas ? at : left.indexOf(inserted);
    if (place < 0) return undefined;
    if (!isWhereItWas && left.includes(inserted, place + 1)) return undefined;
    left = `${left.slice(0, place)}${replaced}${left.slice(place + inserted.length)}`;
  }
  return left;
}

/** Takes out of JSON what names our program, where it was written anew by somebody else. */
export function withoutOurs(
  text: string,
  change: FileChange,
  isOurs: (text: string) => boolean,
): string {
  if (change.kind === "toml") return text;
  const mark = text.startsWith("\ufeff") ? "\ufeff" : "";
  let left = text.slice(mark.length);
  for (const insertion of [...change.insertions].reverse()) {
    const tree = parseTree(left);
    const { isInList } = insertion;
    const path = placeOf(tree, insertion);
    const node = tree && findNodeAtLocation(tree, [...path]);
    if (node === undefined) continue;
    const value: unknown = getNodeValue(node);
    if (!isInList) {
      if (isOurs(JSON.stringify(value))) left = without(left, path);
      continue;
    }
    if (!Array.isArray(value)) continue;
    const ours = value.flatMap((one, index) => (isOurs(JSON.stringify(one)) ? [index] : []));
    for (const index of ours.reverse()) left = without(left, [...path, index]);
    if (ours.length > 0 && ours.length === value.length) left = without(left, path);
  }
  return mark + left;
}

function without(text: string, path: readonly (string | number)[]): string {
  return applyEdits(
    text,
    modify(text, [...path], undefined, { formattingOptions: formatOf(text) }),
  );
}

function withTable(text: string, change: Extract<FileChange, { kind: "toml" }>): Edited {
  if (text.split(/\r?\n/).some((line) => line.trim() === change.table)) {
    throw new SettingsError(`it has ${change.table} already`);
  }
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const before = text === "" ? "" : /\n$/.test(text) ? eol : `${eol}${eol}`;
  const inserted = `${before}${change.table}${eol}${change.text.replaceAll("\n", eol)}`;
  return { text: text + inserted, splices: [{ inserted, replaced: "", at: text.length }] };
}

function withInsertions(text: string, insertions: readonly Insertion[]): Edited {
  requireObject(text);
  // What is empty has nothing to be kept.
  let left = text.trim() === "" ? "{}\n" : text;
  const splices: Splice[] = left === text ? [] : [{ inserted: left, replaced: text, at: 0 }];
  for (const insertion of insertions) {
    for (const { offset, length, content } of editsOf(left, insertion)) {
      const depth = depthOf(left, insertion);
      const ended = content.startsWith(",") ? endOfEntry(left, offset) : undefined;
      const at = ended ?? offset;
      const inserted =
        ended === undefined
          ? onItsOwnLine(content, left, at, depth)
          : `${onItsOwnLine(content, left, at, depth).slice(1)},`;
      splices.push({ inserted, replaced: left.slice(at, at + length), at });
      left = `${left.slice(0, at)}${inserted}${left.slice(at + length)}`;
    }
  }
  return { text: left, splices };
}

/** Where a value goes in this file. */
function placeOf(tree: Node | undefined, { path, within }: Insertion): readonly string[] {
  const inner = tree && within && findNodeAtLocation(tree, [...within]);
  const isThere = inner?.type === "object" && findNodeAtLocation(inner, ["type"]) === undefined;
  return within !== undefined && isThere ? [...within, ...path.slice(-1)] : path;
}

/** Kinds of tokens of the scanner, whose names exist for its own compiler only. */
const TOKENS = { comma: 5, lineComment: 12, lineBreak: 14, trivia: 15 } as const;

/** Where an entry ends that has a comma already though it is the last: behind what is said of it. */
function endOfEntry(text: string, offset: number): number | undefined {
  const scanner = createScanner(text);
  scanner.setPosition(offset);
  const isTrivia = (token: number): boolean =>
    token >= TOKENS.lineComment && token <= TOKENS.trivia;
  let kind: number = scanner.scan();
  while (isTrivia(kind)) kind = scanner.scan();
  if (kind !== TOKENS.comma) return undefined;
  let end = scanner.getPosition();
  do {
    kind = scanner.scan();
    if (kind === TOKENS.lineComment) end = scanner.getPosition();
  } while (isTrivia(kind) && kind !== TOKENS.lineBreak);
  return end;
}

/** How deep the lines are of what is inserted. */
function depthOf(text: string, insertion: Insertion): number {
  const tree = parseTree(text);
  const path = placeOf(tree, insertion);
  const { isInList } = insertion;
  const isThere = (length: number): boolean =>
    tree !== undefined && findNodeAtLocation(tree, path.slice(0, length)) !== undefined;
  const known = path.findIndex((_, index) => !isThere(index + 1));
  return known < 0 ? path.length + (isInList ? 1 : 0) : known + 1;
}

/** What is inserted, in a line of its own; what stands around it is not touched. */
function onItsOwnLine(content: string, text: string, at: number, depth: number): string {
  const { tabSize, insertSpaces, eol } = formatOf(text);
  const unit = insertSpaces ? " ".repeat(tabSize) : "\t";
  const line = `${eol}${unit.repeat(depth)}`;
  if (content.startsWith(",")) return `,${line}${content.slice(1)}`;
  const isEmpty = /^[{[]$/.test(text.charAt(at - 1)) && /^[}\]]$/.test(text.charAt(at));
  return isEmpty ? `${line}${content}${eol}${unit.repeat(depth - 1)}` : content;
}

function editsOf(text: string, insertion: Insertion): ReturnType<typeof modify> {
  const tree = parseTree(text);
  const { value, isInList } = insertion;
  const path = placeOf(tree, insertion);
  const there = tree && findNodeAtLocation(tree, [...path]);
  const above = path.findIndex((_, index) => {
    const node = tree && findNodeAtLocation(tree, path.slice(0, index));
    return node !== undefined && node.type !== "object";
  });
  if (above > 0)
    throw new SettingsError(`${path.slice(0, above).join(".")} has another form than is known`);
  if (!isInList) {
    // A version or the like that is there already is as good, if it is the one that is known.
    if (there !== undefined && typeof value !== "object") {
      const found: unknown = getNodeValue(there);
      if (found === value) return [];
      const said = typeof found === "number" ? String(found) : "another";
      throw new SettingsError(
        `its ${path.join(".")} is ${said}, and only ${JSON.stringify(value)} is known`,
      );
    }
    if (there !== undefined) throw new SettingsError(`it has ${path.join(".")} already`);
    return modify(text, [...path], value, {});
  }
  if (there === undefined) return modify(text, [...path], [value], {});
  if (there.type !== "array") throw new SettingsError(`${path.join(".")} is no list`);
  const last = there.children?.length ?? 0;
  return modify(text, [...path, last], value, { isArrayInsertion: true });
}

function requireObject(text: string): void {
  if (text.trim() === "") return;
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  if (errors.length > 0) throw new SettingsError("it is no JSON");
  if (tree?.type !== "object") throw new SettingsError("it is no JSON object");
}

/** Spaces and line ends as the file has them. */
function formatOf(text: string): { tabSize: number; insertSpaces: boolean; eol: string } {
  const [, indent = "  "] = /\n([ \t]+)\S/.exec(text) ?? [];
  return {
    tabSize: indent.length,
    insertSpaces: !indent.startsWith("\t"),
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
}
