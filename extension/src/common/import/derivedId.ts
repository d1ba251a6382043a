/** What a thing that is told becomes: it may tell several. */
export type KindOfTold = "prompt" | "tool" | "summary" | "record";

interface Moment {
  readonly id?: string;
  readonly key: string;
  readonly at: number;
  readonly isTimeOfFile?: boolean;
}

/** The id of what is told: the same whenever and wherever, so that again adds nothing. */
export function idOfTold(
  agent: string,
  { id, key, at, isTimeOfFile }: Moment,
  kind: KindOfTold,
): Promise<string> {
  if (id !== undefined) return Promise.resolve(id);
  return derivedId(isTimeOfFile === true ? 0 : at, agent, key, kind);
}

/** The id of the record that begins a session, at the time of the first that is told of it. */
export function startId(agent: string, session: string, at: number): Promise<string> {
  return derivedId(at, agent, session, "session");
}

/** The id of the record that ends a session, or of another one made at its end, by the last that is told of it. */
export function endId(
  agent: string,
  session: string,
  { key, at }: Moment,
  kind = "session_end",
): Promise<string> {
  return derivedId(at, agent, session, key, kind);
}

async function derivedId(at: number, ...names: readonly string[]): Promise<string> {
  const told = new TextEncoder().encode(JSON.stringify(["import", ...names]));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", told));
  const hex = [...hash.subarray(0, 10)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
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
