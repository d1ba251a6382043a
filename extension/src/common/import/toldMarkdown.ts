import { digestOf } from "./derivedId.js";
import type { FoundFile, ImportInput, Told, ToldRecord } from "./Importer.js";
import { timeOf } from "./jsonLines.js";
import { frontMatter, sectionsOf, type Section } from "./markdown.js";
import { toTranslate } from "../Localize.js";

/** Longest file that is read. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Most sections of a file; what has more is no text that somebody wrote by hand. */
const MAX_SECTIONS = 200;

/** Headings of the parts of a decision record, in the order in which they are told. */
const DECISION_PARTS = [
  ...["decision", "decision outcome", "context", "context and problem statement"],
  ...["decision drivers", "consequences"],
];

/** Tells the sections of a Markdown file, and a decision record as one. */
export async function* readMarkdown(
  { file, files, onSkipped }: ImportInput,
  nameOf: (file: FoundFile) => string,
): AsyncIterable<Told> {
  const bytes = await files.bytes(file.path, MAX_BYTES);
  if (bytes === undefined) {
    onSkipped({
      path: file.path,
      line: 0,
      reason: toTranslate("the file is too large, or is gone"),
    });
    return;
  }
  const { fields, body } = frontMatter(new TextDecoder().decode(bytes));
  const name = nameOf(file);
  const sections = sectionsOf(body);
  const decision = decisionOf(sections, fields);
  const records =
    decision === undefined
      ? sections.map((section) => recordOf(section, fields.get("description") ?? name))
      : [decision];
  if (records.length > MAX_SECTIONS) {
    const left = records.length - MAX_SECTIONS;
    const reason = toTranslate("{0} sections more than are taken");
    onSkipped({ path: file.path, line: 0, reason, args: [left] });
  }
  const written = timeOf(fields.get("date") ?? dateIn(body));
  for (const record of records.slice(0, MAX_SECTIONS)) {
    const told: ToldRecord = { ...record, subtitle: name, filesRead: [name] };
    yield {
      key: `${name} ${digestOf(JSON.stringify([file.of, record]))}`,
      at: written ?? file.at,
      ...(written === undefined ? { isTimeOfFile: true } : {}),
      ...(file.of === undefined ? {} : { cwd: file.of }),
      record: told,
    };
  }
}

type Decision = Extract<ToldRecord, { kind: "observation" }>;

function recordOf({ headings, text }: Section, name: string): Decision {
  const title = headings.at(-1) ?? name;
  const above = headings.slice(0, -1);
  return {
    ...{ kind: "observation", type: "decision", title, narrative: text },
    ...(above.length === 0 ? {} : { facts: [`In: ${above.join(" › ")}`] }),
  };
}

/** A decision record has a heading that says what was decided, below the one that names it. */
function decisionOf(
  sections: readonly Section[],
  fields: ReadonlyMap<string, string>,
): Decision | undefined {
  const last = ({ headings }: Section): string => headings[1]?.toLowerCase() ?? "";
  const parts = DECISION_PARTS.flatMap((part) => sections.filter((one) => last(one) === part));
  const [first] = parts;
  const title = first?.headings[0];
  if (first === undefined || title === undefined || !last(first).startsWith("decision"))
    return undefined;
  const status = sections.find((one) => last(one) === "status")?.text ?? fields.get("status");
  return {
    ...{ kind: "observation", type: "decision", title: withoutNumber(title) },
    narrative: parts.map(({ text }) => text).join("\n\n"),
    ...(status === undefined ? {} : { facts: [`Status: ${status.split("\n")[0] ?? ""}`] }),
  };
}

function withoutNumber(title: string): string {
  return title.replace(/^(?:ADR[- ]?)?\d{1,5}[.:]? +/i, "");
}

/** The day that a line of a decision record names. */
function dateIn(body: string): string | undefined {
  return /^(?:\* |- )?\**Date\**: *(\d{4}-\d\d-\d\d)/im.exec(body.slice(0, 2_000))?.[1];
}

/** A file's name without its folders. */
export function lastName({ path }: Pick<FoundFile, "path">): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
