/** What people who tune the ranking look at: which questions fail, and what one query finds. */
import { Haystack } from "./Haystack.js";
import type { KeyedRecord, QualitySet } from "./QualitySet.js";
import type { Measured } from "./measureSet.js";

/** Results that are shown. */
const SHOWN = 5;

/** Questions of the tune half whose first five results lack an answer, with what came instead. */
export function showMisses({ set, answers }: Measured): string {
  const missed = answers.filter(({ half, figures }) => half === "tune" && figures["recall@5"] < 1);
  const titles = titlesOf(set);
  const blocks = missed.map(({ question, keys, found }) => {
    const wanted = Object.entries(question.grades).map(([key, grade]) => {
      const rank = keys.indexOf(key) + 1;
      return `  wanted ${grade} ${rank === 0 ? " –" : String(rank).padStart(2)}  ${key}  ${titles.get(key) ?? ""}`;
    });
    const instead = keys.slice(0, SHOWN).map((key, index) => {
      return `     ${index + 1}. ${found[index] ?? 0}     ${key}  ${titles.get(key) ?? ""}`;
    });
    return [`? ${question.text}  (${question.style})`, ...wanted, ...instead].join("\n");
  });
  const head = `## ${set.name}: ${missed.length} misses of the tune half`;
  return [head, ...blocks].join("\n\n");
}

/** What a query finds in a set, with scores, and the grade of each hit if the query is one of the set. */
export async function explain(set: QualitySet, text: string): Promise<string> {
  const question = set.questions.find((one) => one.text === text);
  const haystack = await Haystack.fill(set);
  const hits = haystack.search({ text, isPrefix: question?.isPrefix ?? false });
  haystack.free();
  const rows = hits.map(([key, hit], index) => {
    const grade = question === undefined ? " " : String(question.grades[key] ?? 0);
    const score = (hit.score ?? 0).toFixed(3).padStart(9);
    // Whatever else a hit says about its rank.
    const parts = "explain" in hit ? `\n      ${JSON.stringify(hit.explain)}` : "";
    return `  ${String(index + 1).padStart(2)}. ${grade} ${score}  ${key}  ${hit.title}${parts}`;
  });
  return [`## ${set.name}: ${text}`, ...(rows.length > 0 ? rows : ["  nothing"])].join("\n");
}

function titlesOf(set: QualitySet): Map<string, string> {
  return new Map(set.records.map((one) => [one.key, titleOf(one)]));
}

function titleOf({ record }: KeyedRecord): string {
  if (record.kind === "observation") return record.title;
  if (record.kind === "summary") return record.request ?? "";
  return record.kind === "prompt" ? record.text.slice(0, 60) : "";
}
