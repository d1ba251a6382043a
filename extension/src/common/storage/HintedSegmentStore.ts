import { describe, type Log } from "../Log.js";
import { isSegmentName, type SegmentStore } from "./SegmentStore.js";

/** A small file at a fixed place that any window may replace. It may be lost at any time. */
export interface HintFile {
  /** Its text, or `undefined` if there is none. */
  read(): Promise<string | undefined>;

  /** Replaces it. What another window wrote at the same moment may be lost. */
  write(text: string): Promise<void>;
}

/** Names one tab keeps in the file, the newest. */
const NAMES_PER_TAB = 64;

/** Tabs kept in the file, those that wrote last. */
const MAX_TABS = 32;

/** More than {@link MAX_TABS} tabs can need; a larger file is not read. */
const MAX_HINT_LENGTH = 256 * 1024;

/** A name that could not be read so often is not tried again. */
const MAX_ATTEMPTS = 5;

/**
 * Segments of a host whose listing is as old as its tab: a browser's tab never learns by listing
 * what another tab wrote since.
 *
 * Names come from two more places, and are only ever tried: events of the host, and a file in
 * which each tab keeps its newest names. Two tabs that write that file at once lose one of the
 * updates, so a tab that finds itself missing adds itself again.
 */
export class HintedSegmentStore implements SegmentStore {
  readonly #store: SegmentStore;
  readonly #file: HintFile;
  readonly #log: Log;
  readonly #tab = randomName();
  /** Names this tab wrote, oldest first. */
  #own: string[] = [];
  /** Names heard of, with the number of times that reading them failed. */
  readonly #heard = new Map<string, number>();
  #telling: Promise<void> = Promise.resolve();

  constructor(store: SegmentStore, file: HintFile, log: Log) {
    this.#store = store;
    this.#file = file;
    this.#log = log;
  }

  /** Takes note of a name from an event; anything but a segment's name is left alone. */
  hear(name: string): void {
    if (isSegmentName(name) && !this.#heard.has(name)) this.#heard.set(name, 0);
  }

  async list(): Promise<string[]> {
    const [listed] = await Promise.all([this.#store.list(), this.#readHints()]);
    const heard = [...this.#heard].filter(([, attempts]) => attempts < MAX_ATTEMPTS);
    return [...new Set([...listed, ...heard.map(([name]) => name)])];
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    const bytes = await this.#store.read(name);
    const attempts = this.#heard.get(name);
    if (attempts !== undefined) this.#heard.set(name, bytes === undefined ? attempts + 1 : 0);
    return bytes;
  }

  async putNew(name: string, bytes: Uint8Array): Promise<void> {
    await this.#store.putNew(name, bytes);
    this.#own = [...this.#own, name].slice(-NAMES_PER_TAB);
    this.#tell();
  }

  async delete(name: string): Promise<void> {
    await this.#store.delete(name);
    this.#heard.delete(name);
    this.#own = this.#own.filter((own) => own !== name);
  }

  /** Resolves once the file says what this tab has to say, or could not be written. */
  async settled(): Promise<void> {
    await this.#telling;
  }

  async #readHints(): Promise<void> {
    try {
      const tabs = parseHints(await this.#file.read());
      for (const [tab, names] of tabs) {
        if (tab !== this.#tab) for (const name of names) this.hear(name);
      }
      const told = tabs.get(this.#tab) ?? [];
      if (this.#own.some((name) => !told.includes(name))) this.#tell();
    } catch (error) {
      this.#log.debug(`the hint file was not read: ${describe(error)}`);
    }
  }

  /** Writes this tab's names beside those of the others. Nobody waits for it. */
  #tell(): void {
    this.#telling = this.#telling.then(async () => {
      try {
        const tabs = parseHints(await this.#file.read());
        tabs.delete(this.#tab);
        const others = [...tabs].slice(-(MAX_TABS - 1));
        await this.#file.write(
          JSON.stringify({ tabs: Object.fromEntries([...others, [this.#tab, this.#own]]) }),
        );
      } catch (error) {
        this.#log.debug(`the hint file was not written: ${describe(error)}`);
      }
    });
  }
}

/** Names by tab, those that wrote last at the end. What is not understood is left out. */
function parseHints(text: string | undefined): Map<string, string[]> {
  const tabs = new Map<string, string[]>();
  if (text === undefined || text.length > MAX_HINT_LENGTH) return tabs;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return tabs;
  }
  const byTab = fieldsOf(fieldsOf(parsed)["tabs"]);
  for (const [tab, names] of Object.entries(byTab).slice(-MAX_TABS)) {
    if (!TAB_NAME.test(tab) || !Array.isArray(names)) continue;
    const valid = names.filter((name) => typeof name === "string" && isSegmentName(name));
    tabs.set(tab, valid.slice(-NAMES_PER_TAB) as string[]);
  }
  return tabs;
}

function fieldsOf(value: unknown): Record<string, unknown> {
  // An object has only string keys that matter here, and the values stay unknown.
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Begins with a letter: a name of digits alone would not keep its place in an object. */
const TAB_NAME = /^t[0-9a-f]{16}$/;

function randomName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return `t${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
