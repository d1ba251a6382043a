/** The built module, filled with the memories of a set and asked as the editor asks it. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import init, { Recollect, type Hit, type SearchRequest } from "recollect-wasm";
import { DEPTH } from "./measures.js";
import type { QualitySet, Question } from "./QualitySet.js";

const MEANING = join(import.meta.dirname, "../../extension/media/meaning.bin");

/** What a text means by a model: a vector of the length 1. */
export type Embed = (text: string, isQuestion: boolean) => Float32Array;

let loading: Promise<unknown> | undefined;

/** Compiles the module, once. */
async function loadModule(): Promise<void> {
  loading ??= readFile(join(import.meta.dirname, "../../pkg/recollect_wasm_bg.wasm")).then((wasm) =>
    init({ module_or_path: wasm }),
  );
  await loading;
}

export class Haystack {
  readonly #core: Recollect;
  readonly #keys: Map<string, string>;
  readonly #now: number;
  readonly #embed: Embed | undefined;

  private constructor(core: Recollect, keys: Map<string, string>, now: number, embed?: Embed) {
    this.#core = core;
    this.#keys = keys;
    this.#now = now;
    this.#embed = embed;
  }

  /** `isByMeaning`: whether the module gets the table of word vectors, as in the editor; `embed`: a model besides. */
  static async fill(
    { records, now }: QualitySet,
    isByMeaning = true,
    embed?: Embed,
  ): Promise<Haystack> {
    await loadModule();
    const core = new Recollect(new Uint8Array(32).fill(7), "0.0.0");
    const appended = core.append(
      records.map(({ record }) => record),
      now,
    );
    const keys = new Map<string, string>();
    appended.forEach((one, index) => {
      const key = records[index]?.key ?? "";
      if (one.status !== "pending") throw new Error(`${key} was not kept: ${one.reason}`);
      keys.set(one.id, key);
    });
    // Nothing is found before the file that holds it is written.
    for (let file = core.nextFlush(now); file !== undefined; file = core.nextFlush(now)) {
      core.flushed(file.name);
      file.free();
    }
    if (isByMeaning) {
      core.setMeaning(await readFile(MEANING));
      while (core.settleMeaning());
    }
    if (embed !== undefined) {
      core.setModel(embed("", true).length, 1);
      const { rows, texts } = core.fetchTexts(records.length);
      rows.forEach((row, index) => core.takeVector(row, embed(texts[index] ?? "", false)));
    }
    return new Haystack(core, keys, now, embed);
  }

  /** The best hits, with the keys of their memories. */
  search({ text, isPrefix = false }: Pick<Question, "text" | "isPrefix">): [string, Hit][] {
    const meant = this.#embed && Array.from(this.#embed(text, true));
    const request = {
      ...{ text, limit: DEPTH, isPrefix, now: this.#now },
      ...(meant === undefined ? {} : { meant }),
    } satisfies SearchRequest & { now: number };
    return this.#core.search(request).hits.map((hit) => [this.#keys.get(hit.id) ?? "", hit]);
  }

  free(): void {
    this.#core.free();
  }
}
