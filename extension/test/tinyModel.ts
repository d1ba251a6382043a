import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const WIDTH = 16;
const INSIDE = 24;
const LAYERS = 2;
const PLACES = 24;

const PIECES = "[PAD] [UNK] [CLS] [SEP] the cache fills disk and ##s cafe , 用 !".split(" ");

/** Writes a made-up model of a few kilobytes into a folder, with numbers from a fixed seed: the one that the tests of `recollect-model` have. */
export async function writeTinyModel(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const config = { model_type: "bert", num_attention_heads: 2, hidden_act: "gelu" };
  const tokenizer = {
    normalizer: { type: "BertNormalizer", lowercase: true },
    model: {
      type: "WordPiece",
      vocab: Object.fromEntries(PIECES.map((piece, id) => [piece, id])),
    },
  };
  await writeFile(join(folder, "config.json"), JSON.stringify(config));
  await writeFile(join(folder, "tokenizer.json"), JSON.stringify(tokenizer));
  await writeFile(join(folder, "model.safetensors"), weights());
}

/** The names of all lists and their shapes, in the order in which their numbers are drawn. */
function lists(): [string, number[]][] {
  const pair = (name: string, to: number, ...from: number[]): [string, number[]][] => [
    [`${name}.weight`, [to, ...from]],
    [`${name}.bias`, [to]],
  ];
  const layer = (at: string): [string, number[]][] => [
    ...["self.query", "self.key", "self.value", "output.dense"].flatMap((part) =>
      pair(`${at}.attention.${part}`, WIDTH, WIDTH),
    ),
    ...pair(`${at}.attention.output.LayerNorm`, WIDTH),
    ...pair(`${at}.intermediate.dense`, INSIDE, WIDTH),
    ...pair(`${at}.output.dense`, WIDTH, INSIDE),
    ...pair(`${at}.output.LayerNorm`, WIDTH),
  ];
  return [
    ["embeddings.word_embeddings.weight", [PIECES.length, WIDTH]],
    ["embeddings.position_embeddings.weight", [PLACES, WIDTH]],
    ["embeddings.token_type_embeddings.weight", [2, WIDTH]],
    ...pair("embeddings.LayerNorm", WIDTH),
    ...Array.from({ length: LAYERS }, (_, at) => layer(`encoder.layer.${at}`)).flat(),
  ];
}

function weights(): Uint8Array {
  let seed = 7n;
  const header: Record<string, object> = {};
  const numbers: number[] = [];
  for (const [name, shape] of lists()) {
    const begin = numbers.length * 4;
    const count = shape.reduce((product, size) => product * size, 1);
    for (let at = 0; at < count; at += 1) {
      seed = BigInt.asUintN(64, seed * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n);
      const number = Number(seed >> 40n) / 16_777_216 - 0.5;
      numbers.push(name.endsWith("LayerNorm.weight") ? 1 + number : number);
    }
    header[name] = { dtype: "F32", shape, data_offsets: [begin, numbers.length * 4] };
  }
  const text = Buffer.from(JSON.stringify(header));
  const padded = Buffer.concat([text, Buffer.alloc((8 - (text.length % 8)) % 8, " ")]);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  return Buffer.concat([length, padded, Buffer.from(new Float32Array(numbers).buffer)]);
}
