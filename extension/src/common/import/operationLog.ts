import { isFields, type Fields } from "./jsonLines.js";

const WHOLE = 0;
const SET = 1;
const APPEND = 2;
const DELETE = 3;

/** Longest list that a change may make: a wrong number must not fill the memory. */
const MAX_LENGTH = 1_000_000;

/**
 * The state that the editor's log of changes leads to: a line is the whole state, or a change of
 * what a path of names and numbers leads to. Nothing if no line is a whole state.
 */
export async function replayed(
  lines: AsyncIterable<{ fields: Fields; line: number }>,
  onProblem: (line: number) => void,
): Promise<Fields | undefined> {
  let state: unknown;
  for await (const { fields, line } of lines) {
    const { kind, k: path, v: value } = fields;
    if (kind === WHOLE) state = value;
    else if (!Array.isArray(path) || !changed(state, path, fields)) onProblem(line);
  }
  return isFields(state) ? state : undefined;
}

/** Makes one change; false if it leads nowhere. */
function changed(state: unknown, path: readonly unknown[], change: Fields): boolean {
  const last = path.at(-1);
  let holder = state;
  for (const key of path.slice(0, -1)) holder = child(holder, key);
  if (last === undefined || !canHold(holder, last)) return false;
  const { kind, v: value, i: length } = change;
  if (kind === SET) put(holder, last, value);
  else if (kind === DELETE) put(holder, last, undefined);
  else if (kind === APPEND) {
    const list = child(holder, last);
    const kept: unknown[] = Array.isArray(list) ? list : [];
    if (typeof length === "number" && length >= 0 && length < kept.length) kept.length = length;
    if (Array.isArray(value)) for (const one of value) kept.push(one);
    put(holder, last, kept);
  } else return false;
  return true;
}

type Holder = unknown[] | Record<string, unknown>;

function canHold(holder: unknown, key: unknown): holder is Holder {
  if (Array.isArray(holder))
    return typeof key === "number" && key >= 0 && key <= holder.length && key < MAX_LENGTH;
  return isFields(holder) && typeof key === "string" && key !== "__proto__";
}

function child(holder: unknown, key: unknown): unknown {
  if (!canHold(holder, key)) return undefined;
  if (Array.isArray(holder)) return holder[key as number];
  return Object.hasOwn(holder, key as string) ? holder[key as string] : undefined;
}

function put(holder: Holder, key: unknown, value: unknown): void {
  // `canHold` has seen that the key fits.
  if (Array.isArray(holder)) holder[key as number] = value;
  else holder[key as string] = value;
}
