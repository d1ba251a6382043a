/** A model in the slot: how well memories are found with it, beside the table of word vectors and words alone. */
import { join } from "node:path";
import { readModel } from "../../extension/src/node/modelWork.js";
import type { Embed } from "./Haystack.js";
import { MEASURES, mean } from "./measures.js";
import { measureSet, type Measured } from "./measureSet.js";
import { percent } from "./report.js";
import { HALVES, type Half, type QualitySet } from "./QualitySet.js";

/** Opens the model of a folder. What it made of a text is kept: several sets are of the same memories. */
export async function openModel(folder: string): Promise<Embed> {
  const module = join(import.meta.dirname, "../../pkg/recollect_model_bg.wasm");
  const { model } = await readModel({ folder, module });
  const kept = new Map<string, Float32Array>();
  return (text, isQuestion) => {
    const key = `${isQuestion ? "?" : "."}${text}`;
    const vector = kept.get(key) ?? model.embed(text, isQuestion);
    kept.set(key, vector);
    return vector;
  };
}

/** The sets, asked in three ways. */
export async function measureModel(
  sets: readonly QualitySet[],
  embed: Embed,
): Promise<[string, Measured][]> {
  const measured: [string, Measured][] = [];
  for (const set of sets) {
    measured.push(["words", await measureSet(set, false)]);
    measured.push(["table", await measureSet(set)]);
    measured.push(["model", await measureSet(set, true, embed)]);
  }
  return measured;
}

/** The figures as a table in Markdown. */
export function modelReport(measured: readonly [string, Measured][]): string {
  const rows = measured.flatMap(([by, { set, answers }]) =>
    HALVES.map((half: Half) => {
      const figures = answers.filter((answer) => answer.half === half).map((one) => one.figures);
      const means = mean(figures);
      const cells = MEASURES.map((measure) => percent(means[measure]));
      return `| ${[set.name, half, by, ...cells].join(" | ")} |`;
    }),
  );
  return [
    `| ${["set", "half", "by", ...MEASURES].join(" | ")} |`,
    `| --- | --- | --- |${" ---: |".repeat(MEASURES.length)}`,
    ...rows,
  ].join("\n");
}
