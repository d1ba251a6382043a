/**
 * Measures how well memories are found and writes `docs/quality.md`: `npm run quality`.
 *
 * `-- --fit-sectors` first fits the weights of sectors and ends; build the module again after it.
 * `-- --record` also records the baseline that `npm test` compares with, `--misses` shows what was
 * not found, `--explain <query>` what one query finds; `--set <name>` keeps these two to one set.
 *
 * `-- questions` measures instead how many questions about our own history are answered, with
 * `--histories <folder>` those about the histories there.
 *
 * `-- day0` measures instead what is found of a made-up disk with the sessions of five agents.
 *
 * `-- --model <folder>` measures instead how well memories are found with the model of that folder
 * in the slot; `scripts/distil/README.md` says where the weights are from.
 *
 * `-- secrets` measures instead how many secrets are found and how many harmless lines are marked,
 * with `--histories <folder>` also in the messages of the histories there.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { format } from "prettier";
import { writeBaseline } from "./baseline.js";
import { fitSectors } from "./fitSectors.js";
import { explain, showMisses } from "./inspect.js";
import { measureBoth, readSets } from "./measureSet.js";
import { measureModel, modelReport, openModel } from "./model.js";
import { writeModelFigures } from "./modelFigures.js";
import { report } from "./report.js";
import { day0Report, hitsAt, measureDay0, writeDay0 } from "./day0/measure.js";
import { writeQuestionBaseline, writeQuestionFigures } from "./questions/baseline.js";
import { measureQuestions, misses, questionReport, together } from "./questions/measure.js";
import { measureSecrets } from "./secrets/measure.js";
import { secretReport, writeSecretBaseline, writeServices } from "./secrets/report.js";
import { measureSectors, writeSectorBaseline } from "./sectors.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    histories: { type: "string" },
    "fit-sectors": { type: "boolean", default: false },
    record: { type: "boolean", default: false },
    misses: { type: "boolean", default: false },
    explain: { type: "string" },
    set: { type: "string" },
    model: { type: "string" },
  },
});

const { sets, missing } = readSets();
const isShown = (name: string) => values.set === undefined || values.set === name;

if (positionals[0] === "questions") {
  const measured = await measureQuestions(values.histories);
  const shown = measured.length > 1 ? [...measured, together(measured)] : measured;
  const table = await format(questionReport(shown), { parser: "markdown", printWidth: 100 });
  console.log(table);
  if (values.record) writeQuestionFigures(table);
  if (values.misses) console.log(misses(measured));
  if (values.record && values.histories === undefined) writeQuestionBaseline(measured);
} else if (positionals[0] === "day0") {
  const measured = await measureDay0();
  const control = hitsAt(await measureDay0([]), 5);
  console.log(day0Report(measured, control));
  if (values.misses) console.log(measured.misses.join("\n"));
  if (values.record) await writeDay0(measured);
} else if (positionals[0] === "secrets") {
  const figures = await measureSecrets(values.histories);
  console.log(secretReport(figures));
  if (values.record) {
    await writeSecretBaseline(figures);
    writeServices();
  }
} else if (values.model !== undefined) {
  const shown = sets.filter(({ name }) => isShown(name));
  const measured = await measureModel(shown, await openModel(values.model));
  const table = await format(modelReport(measured), { parser: "markdown", printWidth: 100 });
  console.log(table);
  if (values.record) writeModelFigures(table);
} else if (values["fit-sectors"]) {
  fitSectors();
} else if (values.explain !== undefined) {
  for (const set of sets) {
    if (isShown(set.name)) console.log(`${await explain(set, values.explain)}\n`);
  }
} else {
  await measureAll();
}

async function measureAll(): Promise<void> {
  const all = [];
  for (const set of sets) all.push(...(await measureBoth(set)));
  if (values.misses) {
    for (const one of all) if (isShown(one.set.name)) console.log(`${showMisses(one)}\n`);
    return;
  }
  const sectors = await measureSectors();
  const text = await format(report(all, missing, sectors), { parser: "markdown", printWidth: 100 });
  console.log(text.slice(0, text.indexOf("## The sets")));
  const docs = join(import.meta.dirname, "../../docs");
  mkdirSync(docs, { recursive: true });
  // Where a set is missing the table of all of them stays.
  if (missing.size === 0) writeFileSync(join(docs, "quality.md"), text);
  if (!values.record) return;
  await writeBaseline(all);
  await writeSectorBaseline(sectors);
}
