/** What the report says about search. */
import { CLASSES } from "./queries.js";
import type { EngineFigures, SearchFigures } from "./search.js";
import type { Times } from "./statistics.js";
import { megabytes, milliseconds, ratio, table, thousands } from "./tables.js";

const BASE = "better-sqlite3";

/** The section, with its heading. */
export function searchSection(sizes: readonly SearchFigures[]): string {
  const engines = new Map(sizes.flatMap(({ engines }) => engines.map((one) => [one.name, one])));
  return `## Search

${sizes[0]?.queries ?? 0} questions from a seed, the same for every engine and size, best 20 of each.
Every question goes to every engine in turn, in one process for each size, and is asked up to ten times; a slow engine is asked fewer of them.
p50, p95 and the longest are over the questions, each by the median of its calls; p99 is over all calls, with the pauses of a process that holds all engines.
× is the share of better-sqlite3's p95 in the same run.

| engine | version | configuration |
| --- | --- | --- |
${[...engines.values()].map(({ name, version, setup }) => `| ${name} | ${version ?? "this one"} | ${setup} |`).join("\n")}

${sizes.map(size).join("\n\n")}`;
}

function size(figures: SearchFigures): string {
  const { memories, engines, missing, meaning, adding, equality } = figures;
  const base = engines.find(({ name }) => name === BASE);
  const share = (times: Times, to: Times | undefined) =>
    to === undefined ? "–" : ratio(times.p95, to.p95);
  const overview = table([
    [
      "engine",
      ...["p50", "p95", "p99", "longest at once", "×", "with a filter: p50", "p95", "×"],
      ...["hits a question", "calls a question", "building", "megabytes"],
    ],
    ...engines.map((one) => [
      one.name,
      ...[one.all.p50, one.all.p95, one.all.p99, one.all.longest].map(milliseconds),
      share(one.all, base?.all),
      ...[one.filtered.p50, one.filtered.p95].map(milliseconds),
      share(one.filtered, base?.filtered),
      one.hits.toFixed(1),
      one.rounds.toFixed(1),
      `${(one.build / 1000).toFixed(1)} s`,
      megabytes(one.bytes),
    ]),
  ]);
  return `### ${thousands(memories)} memories

${overview}

${missing.map(({ name, why }) => `${name} could not be measured here: ${why}.\n\n`).join("")}p50 / p95 of each kind of question:

${byClass(engines, base)}

Adding one memory, all but the disk: p50 ${milliseconds(adding.p50)} ms, p99 ${milliseconds(adding.p99)} ms, the longest ${milliseconds(adding.longest)} ms.

Giving all memories their vectors, in idle moments: ${milliseconds(meaning.all)} ms in all, at most ${milliseconds(meaning.longest)} ms at once.

${scores(equality)}`;
}

function byClass(engines: readonly EngineFigures[], base: EngineFigures | undefined): string {
  const cell = ({ p50, p95 }: Times) => `${milliseconds(p50)} / ${milliseconds(p95)}`;
  const own = engines.find(({ name }) => name === "Recollect");
  const share = (of: (engine: EngineFigures) => Times) =>
    own && base ? ratio(of(own).p95, of(base).p95) : "–";
  return table([
    ["question", ...engines.map(({ name }) => name), "Recollect ×"],
    ...CLASSES.map((name) => [
      name,
      ...engines.map((one) => cell(one.byClass[name])),
      share((one) => one.byClass[name]),
    ]),
    [
      "all without a filter",
      ...engines.map((one) => cell(one.unfiltered)),
      share((one) => one.unfiltered),
    ],
  ]);
}

function scores(equality: SearchFigures["equality"]): string {
  if ("skipped" in equality) return `Scores were not compared: ${equality.skipped}.`;
  const { equal, compared, worst, different } = equality;
  const summary = `The scores of the best 20 add up to those of FTS5's \`bm25()\` over the same tokens in ${equal} of ${compared} questions; the greatest difference is ${(worst * 100).toPrecision(2)} %. Questions for words that fewer than five memories hold are left out, since similar words are added to these.`;
  return [summary, ...different.map((line) => `- ${line}`)].join("\n");
}
