import type { FoundFile, Importer, ImportFiles } from "./Importer.js";
import { lastName, readMarkdown } from "./toldMarkdown.js";
import { toTranslate } from "../Localize.js";

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
