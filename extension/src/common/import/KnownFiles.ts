import { isFields, textOf, type Fields } from "../text/fields.js";
import { digestOf } from "./derivedId.js";
import type { FoundFile, SkippedItem } from "./Importer.js";

/** One text that is kept from one import to the next; it may be gone, and then all is read anew. */
export interface KeptText {
  read(): Promise<string | undefined>;
  write(text: string): Promise<void>;
}

/** What a file told that was taken in as a whole. */
export interface KnownFile {
  readonly bytes: number;
  /** When it was written last, in milliseconds. */
  readonly at: number;
  readonly turns: number;
  readonly sessions: number;
  /** Ids of records that are here, or were forgotten, as long as all that it told is known. */
  readonly ids: readonly string[];
  readonly skipped: readonly Omit<SkippedItem, "path">[];
}

/** A file with more to check, or with more that was left out, is read again. */
const MAX_LISTED = 200;

/** Files that are kept; the earliest of more are let go. */
const MAX_FILES = 20_000;

/**
 * Which files were taken in as they are now, so that they are not read again. It holds neither paths
 * nor texts, and what it says counts only where the memories know the ids: from others, or from a
 * memory that was wiped, all is taken in again.
 */
export class KnownFiles {
  readonly #kept: KeptText;
  /** Another one may read more of a file. */
  readonly #version: string;
  #files = new Map<string, unknown>();
  #mark = "";
  #isChanged = false;

  private constructor(kept: KeptText, version: string) {
    this.#kept = kept;
    this.#version = version;
  }

  static async read(kept: KeptText, version: string): Promise<KnownFiles> {
    const known = new KnownFiles(kept, version);
    try {
      const value: unknown = JSON.parse((await kept.read()) ?? "{}");
      const files = isFields(value) && value["version"] === version ? value["files"] : undefined;
      if (isFields(value) && isFields(files)) {
        known.#files = new Map(Object.entries(files));
        known.#mark = textOf(value, "mark") ?? "";
      }
    } catch {
      // Everything is read again.
    }
    return known;
  }

  /** Whether the memories are what they were after the last import. */
  isAt(mark: string): boolean {
    return this.#mark === mark;
  }

  /** What a file told, if it was taken in and has not changed. */
  of(kind: string, file: FoundFile): KnownFile | undefined {
    const value = this.#files.get(nameOf(kind, file));
    if (!isFields(value) || value["bytes"] !== file.bytes || value["at"] !== file.at)
      return undefined;
    const { ids, skipped, turns, sessions } = value;
    const isWhole = Array.isArray(ids) && ids.every((id) => typeof id === "string");
    const isCounted = typeof turns === "number" && typeof sessions === "number";
    if (!isWhole || !isCounted || !Array.isArray(skipped)) return undefined;
    return {
      bytes: file.bytes,
      at: file.at,
      turns,
      sessions,
      ids,
      skipped: skipped.filter(isItem),
    };
  }

  note(kind: string, file: FoundFile, told: Omit<KnownFile, "bytes" | "at">): void {
    const name = nameOf(kind, file);
    this.#isChanged = true;
    this.#files.delete(name);
    if (told.ids.length > MAX_LISTED || told.skipped.length > MAX_LISTED) return;
    this.#files.set(name, { bytes: file.bytes, at: file.at, ...told });
    const [first] = this.#files.keys();
    if (this.#files.size > MAX_FILES && first !== undefined) this.#files.delete(first);
  }

  /** Keeps all of it, with what the memories are like now. */
  async keep(mark: string): Promise<void> {
    if (!this.#isChanged && this.isAt(mark)) return;
    this.#mark = mark;
    this.#isChanged = false;
    const files: Fields = Object.fromEntries(this.#files);
    await this.#kept.write(JSON.stringify({ version: this.#version, mark, files }));
  }
}

function nameOf(kind: string, { path, of = "" }: FoundFile): string {
  return digestOf(JSON.stringify([kind, path, of]));
}

function isItem(value: unknown): value is Omit<SkippedItem, "path"> {
  if (!isFields(value)) return false;
  const { line, reason, args } = value;
  const isPart = (arg: unknown): boolean => typeof arg === "string" || typeof arg === "number";
  const hasArgs = args === undefined || (Array.isArray(args) && args.every(isPart));
  return typeof line === "number" && typeof reason === "string" && hasArgs;
}
