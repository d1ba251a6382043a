import type {
  FoundFile,
  Importer,
  ImportFiles,
  ImportInput,
  Told,
  ToldRecord,
} from "./Importer.js";
import { digestOf, timeOf } from "./jsonLines.js";
import { frontMatter, sectionsOf, type Section } from "./markdown.js";
import { toTranslate } from "../Localize.js";

/** Longest file that is read. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Most sections of a file; what has more is no text that somebody wrote by hand. */
const MAX_SECTIONS = 200;

/** Headings of the parts of a decision record, in the order in which they are told. */
const DECISION_PARTS = ["decision", "decision outcome", "context", "consequences"];

const ADR_FOLDERS = [
  "docs/adr",
  "docs/adrs",
  "docs/decisions",
  "docs/architecture/decisions",
  "doc/adr",
  "doc/decisions",
  "doc/architecture/decisions",
  "adr",
  "decisions",
];

type Wanted = [folder: string, passes: (name: string) => boolean, depth: number];

/** What people have written down in a repository, for others and for agents. */
export const decisions: Importer = {
  kind: "decisions",
  title: toTranslate("Decisions written down in the repository"),
  async find(files, folder) {
    const wanted: readonly Wanted[] = [
      ["", isOneOf("MEMORY.md", "CLAUDE.md", "AGENTS.md", "GEMINI.md"), 0],
      [".claude", isOneOf("CLAUDE.md"), 0],
      [".github", isOneOf("copilot-instructions.md"), 0],
      [".github/instructions", isMarkdown, 2],
      [".cursor/rules", isMarkdown, 3],
      ...ADR_FOLDERS.map((adr): Wanted => [adr, isMarkdown, 2]),
    ];
    const found = new Map<string, FoundFile>();
    for (const [inside, passes, depth] of wanted) {
      const where = inside === "" ? folder : `${folder}/${inside}`;
      for (const file of await files.find(where, passes, depth))
        found.set(file.path, { ...file, of: folder });
    }
    return [...found.values()];
  },
  read: (input) => readMarkdown(input, nameInside),
};

/** Claude Code's own memory: `projects/<folder>/memory/*.md`. */
export const claudeMemory: Importer = {
  kind: "claude-memory",
  title: toTranslate("Claude Code's memory files"),
  async find(files, folder) {
    const found = await files.find(folder, isMarkdown, 3);
    const kept = found.filter(({ path }) => /[\\/]memory[\\/][^\\/]+$/.test(path));
    const folders = new Map<string, Promise<string | undefined>>();
    return Promise.all(
      kept.map(async (file) => {
        const project = file.path.split(/[\\/]/).slice(0, -2).join("/");
        const looked = folders.get(project) ?? folderOfTranscripts(files, project);
        folders.set(project, looked);
        const of = await looked;
        return of === undefined ? file : { ...file, of };
      }),
    );
  },
  read: (input) => readMarkdown(input, lastName),
};

/** Codex's own memory: `memories/*.md`. */
export const codexMemory: Importer = {
  kind: "codex-memory",
  title: toTranslate("Codex's memory files"),
  find: (files, folder) => files.find(folder, isMarkdown, 1),
  read: (input) => readMarkdown(input, lastName),
};

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
      key: `${name} ${await digestOf(JSON.stringify([file.of, record]))}`,
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

/** The folder that the transcripts beside a memory were made in. */
async function folderOfTranscripts(
  files: ImportFiles,
  project: string,
): Promise<string | undefined> {
  const { signal } = new AbortController();
  const transcripts = await files.find(project, (name) => name.endsWith(".jsonl"), 0);
  for (const { path } of transcripts.slice(0, 3)) {
    let lines = 0;
    for await (const line of files.lines(path, signal)) {
      lines += 1;
      if (lines > 50) break;
      try {
        const { cwd } = JSON.parse(line ?? "{}") as { cwd?: unknown };
        if (typeof cwd === "string") return cwd;
      } catch {
        // A half line is named when the transcripts are taken in.
      }
    }
  }
  return undefined;
}

function isOneOf(...names: readonly string[]): (name: string) => boolean {
  return (name) => names.includes(name);
}

function isMarkdown(name: string): boolean {
  return /\.mdc?$/.test(name) && !/^(?:README|index|template)\.md$/i.test(name);
}

function nameInside({ path, of = "" }: FoundFile): string {
  return path.slice(of.length).replaceAll("\\", "/").replace(/^\/+/, "");
}

function lastName({ path }: FoundFile): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
