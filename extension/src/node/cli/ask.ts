import type { Answer } from "recollect-wasm";
import { ENGLISH } from "../../common/Localize.js";
import type { Memories } from "../../common/memories/Memories.js";
import { detailText } from "../../common/recall/previewText.js";
import {
  fittingLine,
  noteSentences,
  understandingLine,
} from "../../common/recall/understanding.js";
import { formatDate, oneLine } from "../../common/text/plainText.js";
import { projectOfFolder } from "../git/gitProject.js";
import { gitUser } from "../git/gitUser.js";
import { type CommandLine, typedInteger, UsageError } from "./options.js";

/** Digits of a hash that are shown. */
const SHORT_HASH = 10;

/** How long a question waits for what memories mean: enough for some thousand. */
export const MEANING_PATIENCE_MS = 500;

/** Answers a question as the Chat view does without a model, and gives the exit code: that nothing fits is an answer. */
export async function ask({ operands, options }: CommandLine, memories: Memories): Promise<number> {
  const text = operands.join(" ");
  if (text.trim() === "")
    throw new UsageError('ask needs a question, such as "what changed last week?"');
  const limit = typedInteger("--limit", options.limit ?? "10", 1, 200);
  const at = options.at === undefined ? undefined : momentOf(options.at);
  const folder = options.repository ?? process.cwd();
  await memories.open();
  await memories.refreshNow();
  await memories.waitForMeaning(MEANING_PATIENCE_MS);
  const [project, me] = await Promise.all([projectOfFolder(memories, folder), gitUser(folder)]);
  const answer = await memories.ask({
    text,
    limit,
    projects: [project.id],
    ...(options.after === undefined ? {} : { earlier: options.after }),
    ...(options.file === undefined ? {} : { file: options.file }),
    ...(me === undefined ? {} : { me }),
    ...(at === undefined ? {} : { now: at, isAsOf: true }),
  });
  process.stdout.write(options.json ? `${JSON.stringify(asJson(answer))}\n` : asText(answer));
  return 0;
}

/** Unix milliseconds of a time in ISO 8601; a date alone is its end, when all of it has happened. */
function momentOf(typed: string): number {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(typed);
  const at = /^\d{4}-\d{2}-\d{2}/.test(typed)
    ? Date.parse(isDate ? `${typed}T23:59:59.999` : typed)
    : Number.NaN;
  if (Number.isNaN(at)) {
    throw new UsageError("--at must be a time such as 2026-01-31 or 2026-01-31T09:00:00Z");
  }
  return at;
}

function asJson(answer: Answer): object {
  const { understood, subject, isAnswered, fitting, hits, fittingHits, notes } = answer;
  const parts = understood.map(({ aspect, text, value }) => [aspect, { text, value }] as const);
  return {
    understood: { ...Object.fromEntries(parts), ...(subject === "" ? {} : { subject }) },
    answered: isAnswered,
    fitting,
    hits: (isAnswered ? hits : []).map((hit, number) => ({ ...hit, fits: number < fittingHits })),
    // What is near, where nothing fits.
    ...(isAnswered ? {} : { near: hits }),
    notes,
  };
}

function asText(answer: Answer): string {
  const notes = noteSentences(answer, ENGLISH);
  const lines = [understandingLine(answer, ENGLISH), ...notes];
  if (answer.hits.length > 0) lines.push(fittingLine(answer, ENGLISH));
  else if (notes.length === 0) lines.push("Nothing is remembered about this.");
  for (const hit of answer.hits) {
    const { at, type, kind, title, commit, author } = hit;
    const by = [commit?.slice(0, SHORT_HASH), author].filter((part) => part !== undefined);
    const source = by.length === 0 ? "" : `  (${oneLine(by.join(", "))})`;
    lines.push(`${formatDate(at)}  ${oneLine(type ?? kind)}  ${oneLine(title)}${source}`);
    const detail = detailText(hit);
    if (detail !== "") lines.push(`    ${oneLine(detail)}`);
  }
  return `${lines.filter((line) => line !== "").join("\n")}\n`;
}
