/** A model that the user has chosen tells what memories mean, in a thread of its own. */
import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { MeaningModel, ModelShape } from "../src/common/meaning/MeaningModel.js";
import { FileImageStore } from "../src/node/FileImageStore.js";
import { WorkerModel } from "../src/node/WorkerModel.js";
import { LogLines, note, openMemories, type OpenOptions } from "./openMemories.js";
import { endWith, temporaryFolder } from "./temporaryFolder.js";
import { writeTinyModel } from "./tinyModel.js";

const DIST = join(import.meta.dirname, "..", "dist");

/** The first of what a plain forward pass in 64 bits makes of `the cache` with the made-up model. */
const RECORDED = [-0.35692, 0.26839, 0.13072, 0.05375, -0.45782, -0.09205, -0.2243, -0.02893];

const readMeaning = (): Promise<Uint8Array> =>
  readFile(join(import.meta.dirname, "..", "media", "meaning.bin"));

async function tinyFolder(): Promise<string> {
  const folder = await temporaryFolder();
  await writeTinyModel(folder);
  return folder;
}

function workerModel(folder: string, questionPrefix?: string): WorkerModel {
  const model = new WorkerModel(join(DIST, "model.js"), {
    folder,
    module: join(DIST, "model.wasm"),
    ...(questionPrefix === undefined ? {} : { questionPrefix }),
  });
  endWith(folder, () => {
    model.close();
    return Promise.resolve();
  });
  return model;
}

function close(found: Float32Array, expected: readonly number[]): void {
  for (const [at, number] of expected.entries())
    assert.ok(Math.abs((found[at] ?? NaN) - number) < 1e-4, `${found[at]}, not ${number}`);
}

test("the thread's vectors are those of plain loops", async () => {
  const model = workerModel(await tinyFolder());
  assert.equal((await model.open()).width, 16);
  const vector = await model.embed("the cache", "memory");
  close(vector, RECORDED);
  close(await model.embed("the cache", "question"), RECORDED);
});

test("what is set stands before questions alone", async () => {
  const model = workerModel(await tinyFolder(), "the ");
  await model.open();
  close(await model.embed("cache", "question"), RECORDED);
  const memory = await model.embed("cache", "memory");
  assert.ok(Math.abs((memory[0] ?? 0) - (RECORDED[0] ?? 0)) > 1e-4);
});

for (const [name, change, problem] of [
  ["no weights", (folder: string) => rm(join(folder, "model.safetensors")), /model\.safetensors/],
  ["no tokenizer", (folder: string) => rm(join(folder, "tokenizer.json")), /tokenizer\.json/],
  [
    "damaged weights",
    (folder: string) => writeFile(join(folder, "model.safetensors"), "1234567"),
    /model\.safetensors: it is damaged/,
  ],
  [
    "another architecture",
    (folder: string) => writeFile(join(folder, "config.json"), '{"model_type":"t5"}'),
    /config\.json.*t5/,
  ],
] as const)
  test(`a folder with ${name} is refused with the name of the file`, async () => {
    const folder = await tinyFolder();
    await change(folder);
    await assert.rejects(workerModel(folder).open(), problem);
  });

/** A model in which each text means nothing but one of two things. */
class TwoMeanings implements MeaningModel {
  readonly asked: string[] = [];
  isClosed = false;
  /** Awaited before each answer. */
  gate: Promise<void> = Promise.resolve();

  open(): Promise<ModelShape> {
    return Promise.resolve({ width: 2, mark: 7 });
  }

  async embed(text: string): Promise<Float32Array> {
    this.asked.push(text);
    await this.gate;
    return new Float32Array(/crash|kettle/.test(text) ? [1, 0] : [0, 1]);
  }

  close(): void {
    this.isClosed = true;
  }
}

const QUESTION = "program crashes during startup";
const KETTLE = "Wombat quartz of the kettle";

async function titles(memories: ReturnType<typeof openMemories>): Promise<string[]> {
  return (await memories.search({ text: QUESTION })).hits.map(({ title }) => title);
}

/** Memories that are idle at once. */
async function opened(model: MeaningModel, more: OpenOptions = {}) {
  return openMemories(await temporaryFolder(), {
    readMeaning,
    meaningModel: () => model,
    idle: { afterMs: 0, spreadMs: 0, againMs: 10 },
    ...more,
  });
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((done) => setTimeout(done, 10));
}

test("memories are found by what the model makes of them", { timeout: 60_000 }, async () => {
  const model = new TwoMeanings();
  const memories = await opened(model);
  await memories.remember(note(KETTLE));
  const kept = await memories.remember(note("Prices are rounded to whole cents"));
  assert.ok(kept.status === "pending");
  await until(async () => (await titles(memories)).length > 0);
  assert.deepEqual(await titles(memories), [KETTLE]);
  // The same question is asked of the model but once.
  assert.equal(model.asked.filter((text) => text === QUESTION).length, 1);
  assert.equal(model.asked.filter((text) => text.startsWith(KETTLE)).length, 1);
  await memories.dispose();
  assert.ok(model.isClosed);
});

test("the files of a model tell it from any other", async () => {
  const [one, same, other] = [await tinyFolder(), await tinyFolder(), await tinyFolder()];
  await writeFile(join(other, "config_sentence_transformers.json"), "{}");
  const mark = async (folder: string) => (await workerModel(folder).open()).mark;
  assert.equal(await mark(one), await mark(same));
  assert.notEqual(await mark(one), await mark(other));
});

test("what the model made is there after a new start", { timeout: 60_000 }, async () => {
  const folder = await temporaryFolder();
  const images = new FileImageStore(folder);
  const options = {
    ...{ readMeaning, images, imagesAbove: 0 },
    idle: { afterMs: 0, spreadMs: 0, againMs: 10 },
  };
  const first = new TwoMeanings();
  // An image may be made before the model has come to all, and one is after.
  let inImage = 0;
  const replace = images.replace.bind(images);
  images.replace = async (schema, bytes) => {
    const asked = first.asked.length;
    await replace(schema, bytes);
    inImage = asked;
  };
  const before = openMemories(folder, { ...options, meaningModel: () => first });
  await before.remember(note(KETTLE));
  const many = Array.from({ length: 210 }, (_, number) => note(`Price ${number}`));
  for (const one of many) await before.remember(one);
  await until(() => inImage > many.length);
  await before.dispose();

  const model = new TwoMeanings();
  const after = openMemories(folder, { ...options, meaningModel: () => model });
  await until(async () => (await titles(after)).length > 0);
  assert.ok(!model.asked.some((text) => text.startsWith(KETTLE)));
  await after.dispose();
});

test("a question does not wait for a model that takes long", { timeout: 60_000 }, async () => {
  const model = new TwoMeanings();
  const memories = await opened(model);
  await memories.remember(note("The application dies as soon as it is launched"));
  await until(() => model.asked.length > 0);
  model.gate = new Promise(() => undefined);
  await until(async () => (await titles(memories)).length > 0);
  assert.deepEqual(await titles(memories), ["The application dies as soon as it is launched"]);
});

test(
  "a model that cannot be used is told once, and search goes on",
  { timeout: 60_000 },
  async () => {
    const log = new LogLines();
    const folder = await tinyFolder();
    await rm(join(folder, "tokenizer.json"));
    const problems: unknown[] = [];
    const memories = await opened(workerModel(folder), {
      log,
      onMeaningProblem: (problem) => problems.push(problem),
    });
    await memories.remember(note("The application dies as soon as it is launched"));
    const told = () => log.lines.filter((line) => line.includes("tokenizer.json"));
    await until(() => told().length > 0);
    await until(async () => (await titles(memories)).length > 0);
    assert.equal(told().length, 1);
    assert.match(JSON.stringify(problems), /^\[\{"model":"tokenizer\.json: [^}]*\}\]$/);
  },
);
