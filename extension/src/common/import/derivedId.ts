import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/** What a thing that is told becomes: it may tell several. */
export type KindOfTold = "prompt" | "tool" | "summary" | "record";

interface Moment {
  readonly id?: string;
  readonly key: string;
  readonly at: number;
  readonly isTimeOfFile?: boolean;
}

/** The id of what is told: the same whenever and wherever, so that again adds nothing. */
export function idOfTold(agent: string, told: Moment, kind: KindOfTold): string {
  return told.id ?? derivedId(timeOf(told), agent, told.key, kind);
}

/** The id of the record that begins a session, at the time of the first that is told of it. */
export function startId(agent: string, session: string, first: Omit<Moment, "key">): string {
  return derivedId(timeOf(first), agent, session, "session");
}

/** The id of the record that ends a session, or of another one made at its end, by the last that is told of it. */
export function endId(agent: string, session: string, last: Moment, kind = "session_end"): string {
  return derivedId(timeOf(last), agent, session, last.key, kind);
}

/** A short text that tells one text from others. */
export function digestOf(text: string): string {
  return bytesToHex(hashed(text)).slice(0, 32);
}

/** A file may be written anew with what it told before. */
function timeOf({ at, isTimeOfFile }: Omit<Moment, "key">): number {
  return isTimeOfFile === true ? 0 : at;
}

function derivedId(at: number, ...names: readonly string[]): string {
  const hex = bytesToHex(hashed(JSON.stringify(["import", ...names])));
  const time = Math.max(0, Math.floor(at)).toString(16).padStart(12, "0");
  // The version of ids that sort by time, and the variant that belongs to it.
  const variant = (8 + (Number.parseInt(hex.slice(3, 4), 16) & 3)).toString(16);
  return [
    time.slice(0, 8),
    time.slice(8),
    `7${hex.slice(0, 3)}`,
    `${variant}${hex.slice(4, 7)}`,
    hex.slice(7, 19),
  ].join("-");
}

/** The web's own digest waits for another thread each time, which takes many times as long. */
function hashed(text: string): Uint8Array {
  return sha256(new TextEncoder().encode(text));
}
