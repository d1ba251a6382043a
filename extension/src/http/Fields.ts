import { beginningOf, isDeeper, isLonger, wellFormed } from "./bodyText.js";
import { badField, Refusal } from "./Refusal.js";

/** A whole number's range, and what stands for it if it is absent. */
export interface IntegerRange {
  readonly min: number;
  readonly max: number;
  readonly byDefault: number;
  /** Whether more than the most is taken as the most. */
  readonly isCapped?: boolean;
}

/** Longest id, key or name of anything, in bytes of UTF-8. */
const MAX_NAME_BYTES = 512;

/** Longest text of a body, in bytes of UTF-8: as much as one memory holds. */
const MAX_TEXT_BYTES = 64 * 1024;

/** What is kept of metadata as they are. */
const MAX_METADATA_KEYS = 64;
const MAX_METADATA_DEPTH = 15;

/** What names and numbers beside a long text may take of a memory. */
const RESERVE_BYTES = 4 * 1024;

/** How deep lists and objects of a body may stand in one another. */
const MAX_DEPTH = 128;

/** A time with a zone whose plus was not escaped and arrives as a blank, also within a query. */
const UNESCAPED_ZONE = /(\d-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) (\d\d:?\d\d)(?![\d:])/gi;

/**
 * The fields of a body, or the parameters of an address, each read once as what it must be.
 *
 * A field that is `null` is absent, as in the bodies of many clients; unknown ones are ignored.
 * What is wrong is refused with the field's name.
 */
export class Fields {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #isAddress: boolean;

  private constructor(values: Readonly<Record<string, unknown>>, isAddress: boolean) {
    this.#values = values;
    this.#isAddress = isAddress;
  }

  /** The parameters of an address; of one that is given twice, the first counts. */
  static ofAddress(url: string): Fields {
    const values: Record<string, string> = {};
    for (const [name, value] of new URL(url).searchParams) {
      if (!Object.hasOwn(values, name)) values[name] = value.replace(UNESCAPED_ZONE, "$1+$2");
    }
    return new Fields(values, true);
  }

  /** The fields of a parsed body. */
  static ofBody(body: unknown): Fields {
    if (typeof body !== "object" || body === null || Array.isArray(body)) {
      throw badField("the body", "a JSON object");
    }
    return new Fields(body as Record<string, unknown>, false);
  }

  /** The value as it came; `undefined` if it is absent. */
  raw(name: string): unknown {
    const value = Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
    // An empty parameter is what a form sends for a field that was left empty.
    return value === null || (this.#isAddress && value === "") ? undefined : value;
  }

  has(name: string): boolean {
    return this.raw(name) !== undefined;
  }

  /** Whether it is there and says that there is none. */
  isNull(name: string): boolean {
    return Object.hasOwn(this.#values, name) && this.#values[name] === null;
  }

  text(name: string): string {
    const text = this.optionalText(name);
    if (text === undefined) throw badField(name, "a string, and is missing");
    return text;
  }

  optionalText(name: string): string | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (typeof value !== "string") throw badField(name, "a string");
    if (!this.#isAddress && isLonger(value, MAX_TEXT_BYTES)) {
      throw new Refusal(413, `${name} must be at most ${MAX_TEXT_BYTES} bytes`);
    }
    return value;
  }

  /** A text of any length, for a caller that filters it before it cuts it. */
  optionalWholeText(name: string): string | undefined {
    const value = this.raw(name);
    return typeof value === "string" ? value : this.optionalText(name);
  }

  /** An id, a key or a name: a text that says something and is not endless. */
  key(name: string): string {
    const key = this.optionalKey(name);
    if (key === undefined) throw badField(name, "a string, and is missing");
    return key;
  }

  /** The same, or nothing: clients send an empty one where they know of none. */
  optionalKey(name: string): string | undefined {
    const value = this.optionalText(name);
    return value === undefined || value === "" ? undefined : asKey(name, value);
  }

  integer(name: string, { min, max, byDefault, isCapped = false }: IntegerRange): number {
    const value = this.raw(name);
    if (value === undefined) return byDefault;
    const number = this.#isAddress ? numberOf(value) : value;
    const most = isCapped ? Number.MAX_SAFE_INTEGER : max;
    if (!Number.isSafeInteger(number) || (number as number) < min || (number as number) > most) {
      throw badField(
        name,
        isCapped ? `a whole number from ${min} on` : `a whole number from ${min} to ${max}`,
      );
    }
    return Math.min(number as number, max);
  }

  optionalNumber(name: string, min: number, max: number): number | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (typeof value !== "number" || !(value >= min && value <= max)) {
      throw badField(name, `a number from ${min} to ${max}`);
    }
    return value;
  }

  boolean(name: string): boolean {
    const value = this.optionalBoolean(name);
    if (value === undefined) throw badField(name, "true or false, and is missing");
    return value;
  }

  optionalBoolean(name: string): boolean | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (typeof value === "boolean") return value;
    if (this.#isAddress && (value === "true" || value === "1")) return true;
    if (this.#isAddress && (value === "false" || value === "0")) return false;
    throw badField(name, "true or false");
  }

  oneOf<Value extends string>(name: string, values: readonly Value[]): Value | undefined {
    const value = this.optionalText(name);
    if (value === undefined) return undefined;
    const found = values.find((one) => one === value);
    if (found === undefined) throw badField(name, `one of ${values.join(", ")}`);
    return found;
  }

  /** Texts parted by commas; none if it is absent. */
  list(name: string): string[] {
    const parts = (this.optionalText(name) ?? "").split(",").map((part) => part.trim());
    return parts.filter((part) => part !== "");
  }

  /** A list of texts; none if it is absent. */
  texts(name: string): string[] {
    const value = this.raw(name);
    if (value === undefined) return [];
    if (!Array.isArray(value) || !value.every((one) => typeof one === "string")) {
      throw badField(name, "a list of strings");
    }
    return value;
  }

  /** Numbers of records, at most so many: a list, or as today's clients send it also a text of one. */
  numbers(name: string, max: number): number[] {
    const value = this.raw(name);
    const parts =
      typeof value === "string" ? value.replace(/^\s*\[|\]\s*$/g, "").split(",") : value;
    const wanted = `a list of at most ${max} whole numbers`;
    if (!Array.isArray(parts)) throw badField(name, wanted);
    const numbers = parts
      .filter((part) => typeof part !== "string" || part.trim() !== "")
      .map((part) => (typeof part === "string" ? numberOf(part.trim()) : (part as unknown)));
    if (numbers.length > max || !numbers.every(isRecordNumber)) throw badField(name, wanted);
    return numbers;
  }

  /** An object with any fields. */
  optionalObject(name: string): Record<string, unknown> | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (typeof value !== "object" || Array.isArray(value)) throw badField(name, "an object");
    return value as Record<string, unknown>;
  }

  /** An object that is kept as it is, and therefore small. */
  optionalMetadata(name: string): Record<string, unknown> | undefined {
    const metadata = this.optionalObject(name);
    if (metadata === undefined) return undefined;
    const { length } = Object.keys(metadata);
    if (length > MAX_METADATA_KEYS) {
      throw badField(name, `an object with at most ${MAX_METADATA_KEYS} names`);
    }
    if (isDeeper(JSON.stringify(metadata), MAX_METADATA_DEPTH)) {
      throw badField(name, `nested at most ${MAX_METADATA_DEPTH} deep`);
    }
    return metadata;
  }
}

/** As much of a text as a memory holds beside others. It must have been filtered: a cut may end a secret. */
export function roomFor(filtered: string, others: readonly string[] = []): string {
  const taken = others.reduce((sum, text) => sum + new TextEncoder().encode(text).length, 0);
  return beginningOf(filtered, Math.max(0, MAX_TEXT_BYTES - RESERVE_BYTES - taken));
}

/** Texts that one memory is to hold; refused if they have too many bytes, by the name of the longest. */
export function requireRoom(texts: Readonly<Record<string, string>>): void {
  const sizes = Object.entries(texts).map(
    ([name, text]) => [name, new TextEncoder().encode(text).length] as const,
  );
  const total = sizes.reduce((sum, [, size]) => sum + size, RESERVE_BYTES);
  const [longest = ""] = sizes.sort(([, a], [, b]) => b - a)[0] ?? [];
  if (total <= MAX_TEXT_BYTES) return;
  throw new Refusal(413, `${longest} must leave room: a memory has ${MAX_TEXT_BYTES} bytes in all`);
}

/** An id, a key or a name from anywhere. */
export function asKey(name: string, value: string): string {
  const key = value.trim();
  if (key === "") throw badField(name, "a string that is not empty");
  if (isLonger(key, MAX_NAME_BYTES)) {
    throw badField(name, `a string of at most ${MAX_NAME_BYTES} bytes`);
  }
  return key;
}

/** The parsed body of a request. A request without one has no fields, where `isOptional` says so. */
export async function readBody(request: Request, isOptional = false): Promise<Fields> {
  const text = await request.text();
  if (isDeeper(text, MAX_DEPTH)) throw badField("the body", `nested at most ${MAX_DEPTH} deep`);
  if (isOptional && text.trim() === "") return Fields.ofBody({});
  let body: unknown;
  try {
    body = JSON.parse(wellFormed(text));
  } catch {
    throw new Refusal(400, "the body is not valid JSON");
  }
  return Fields.ofBody(body);
}

function isRecordNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** A number written with digits only; anything else is none. */
function numberOf(value: unknown): number {
  return typeof value === "string" && /^-?\d{1,16}$/.test(value) ? Number(value) : Number.NaN;
}
