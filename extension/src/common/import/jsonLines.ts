import type { FoundFile, SkippedItem } from "./Importer.js";
import { toTranslate } from "../Localize.js";

/** Why a turn is left out of which nothing is known. */
export const UNKNOWN_TURN = toTranslate("a turn of a form that is not known");

/** Why a sub-agent's turns are left out. */
export const SUB_AGENT = toTranslate(
  "a sub-agent's work, of which the main session tells the result",
);

export type Fields = Readonly<Record<string, unknown>>;

/** The objects of a file of JSON lines; what is none is named, and the rest is read. */
export async function* jsonLines(
  lines: AsyncIterable<string | undefined>,
  { path }: FoundFile,
  onSkipped: (skipped: SkippedItem) => void,
): AsyncIterable<{ fields: Fields; line: number }> {
  let line = 0;
  for await (const text of lines) {
    line += 1;
    if (text === undefined) {
      onSkipped({ path, line, reason: toTranslate("the line is too long") });
      continue;
    }
    if (text.trim() === "") continue;
    let value: unknown;
    try {
      value = JSON.parse(text.replace(/^\ufeff/, ""));
    } catch {
      onSkipped({ path, line, reason: toTranslate("not JSON, or only half a line") });
      continue;
    }
    if (isFields(value)) yield { fields: value, line };
    else onSkipped({ path, line, reason: toTranslate("not an object") });
  }
}

/** Tells one text from others. */
export async function digestOf(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const bytes = [...new Uint8Array(hash, 0, 16)];
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function textOf(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === "string" ? value : undefined;
}

/** The objects in a list. */
export function fieldsIn(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** A time as text or number; nothing for one that no agent can have written. */
export function timeOf(value: unknown): number | undefined {
  const at =
    typeof value === "string"
      ? Date.parse(value)
      : typeof value === "number"
        ? value < 1e11
          ? value * 1_000
          : value
        : Number.NaN;
  return at > 1e12 && at < 1e13 ? Math.floor(at) : undefined;
}
