import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import init, { Model } from "recollect-wasm/recollect_model.js";
import type { Said } from "../common/meaning/MeaningModel.js";

/** Where a model is, and how it is asked. */
export interface ModelPlace {
  /** The folder with the model's files. */
  readonly folder: string;
  /** The file of the module that reckons with it. */
  readonly module: string;
  /** What is put before questions; what the folder says, unless told. */
  readonly questionPrefix?: string;
}

/** A text for the thread. */
export interface ModelText {
  readonly id: number;
  readonly text: string;
  readonly said: Said;
}

/** What the thread says to it; to 0 that the model is ready. */
export interface ModelAnswer {
  readonly id: number;
  readonly width?: number;
  readonly mark?: number;
  readonly vector?: Float32Array;
  readonly problem?: string;
}

/** Larger files are not read: no model that may be used has one. */
const MOST_BYTES = 200_000_000;

/** A model, and a number of 32 bits that tells its files from those of any other. */
export interface ReadModel {
  readonly model: Model;
  readonly mark: number;
}

/** Reads the model of a folder. Rejects with what is wrong with it. */
export async function readModel(place: ModelPlace): Promise<ReadModel> {
  const { folder, questionPrefix } = place;
  await init({ module_or_path: await readFile(place.module) });
  const weights = await needed(folder, "model.safetensors");
  const tokenizer = (await needed(folder, "tokenizer.json")).toString("utf8");
  const config = await optional(folder, "config.json");
  const pooling = await optional(folder, "1_Pooling/config.json");
  const prompts = await optional(folder, "config_sentence_transformers.json");
  const model = new Model(weights, tokenizer, config, pooling, prompts);
  if (questionPrefix !== undefined) model.questionPrefix = questionPrefix;
  const hash = createHash("sha256");
  for (const part of [weights, tokenizer, config, pooling, prompts]) hash.update(part).update("\0");
  return { model, mark: hash.digest().readUInt32LE() };
}

async function needed(folder: string, name: string): Promise<Buffer> {
  const path = join(folder, name);
  try {
    const { size } = await stat(path);
    if (size <= MOST_BYTES) return await readFile(path);
  } catch (error) {
    const problem = `the folder has no such file that can be read (${codeOf(error)})`;
    throw new Error(`${name}: ${problem}`, { cause: error });
  }
  throw new Error(`${name}: it has more than ${MOST_BYTES} bytes`);
}

/** The text of a file, or nothing where there is none. */
async function optional(folder: string, name: string): Promise<string> {
  try {
    return await readFile(join(folder, name), "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "";
    throw new Error(`${name}: it cannot be read (${codeOf(error)})`, { cause: error });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
