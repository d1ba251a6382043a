import { readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { PrivacyRules } from "recollect-wasm";
import {
  parseRules,
  parseState,
  reasonNotToStore,
  RULES_FILE,
  SHARED_FOLDER,
  type SharedState,
} from "../../common/memories/sharedState.js";
import { readIfThere } from "../files.js";
import { pathOf } from "../git/gitProject.js";

/** More windows than anybody has; the files are small. */
const MAX_FILES = 500;
const MAX_BYTES = 256 * 1024;

/** How long what was read counts as it is. */
const FRESH_MS = 500;

/** What the editors of this user say about storing, read from the files that they write. */
export class SharedStates {
  readonly #folder: string;
  #read: Promise<{ states: SharedState[]; rules: PrivacyRules }> | undefined;
  #readAt = Number.NEGATIVE_INFINITY;
  #rules: PrivacyRules = {};

  /** `folder` is that of the memories. */
  constructor(folder: string) {
    this.#folder = join(folder, SHARED_FOLDER);
  }

  /** The user's privacy rules, as of the last look. */
  get rules(): PrivacyRules {
    return this.#rules;
  }

  /** Looks at the files again, unless the last look is recent. */
  async refresh(): Promise<SharedState[]> {
    if (performance.now() - this.#readAt > FRESH_MS) {
      this.#readAt = performance.now();
      this.#read = this.#readAll();
    }
    const { states = [], rules = {} } = (await this.#read) ?? {};
    this.#rules = rules;
    return states;
  }

  /** Why nothing that nobody asked for is stored of a folder now, if so. */
  async reasonNotToStore(folder: string): Promise<ReturnType<typeof reasonNotToStore>> {
    const path = pathOf(folder);
    const real = path === undefined ? undefined : await realpath(path).catch(() => undefined);
    const addresses = [path, real].flatMap((one) =>
      one === undefined ? [] : [pathToFileURL(one).href],
    );
    return reasonNotToStore(await this.refresh(), [folder, ...addresses]);
  }

  async #readAll(): Promise<{ states: SharedState[]; rules: PrivacyRules }> {
    const names = await readdir(this.#folder).catch(() => []);
    const states: SharedState[] = [];
    let rules: PrivacyRules = {};
    for (const name of names.filter((one) => one.endsWith(".json")).slice(0, MAX_FILES)) {
      const bytes = await readIfThere(join(this.#folder, name), MAX_BYTES).catch(() => undefined);
      const text = bytes?.toString("utf8") ?? "";
      const state = name === RULES_FILE ? undefined : parseState(text);
      if (name === RULES_FILE) rules = parseRules(text);
      else if (state !== undefined) states.push(state);
    }
    return { states, rules };
  }
}
