import type { FoundFile, Importer, ImportFiles } from "./Importer.js";
import { fieldsIn, isFields, jsonLines, SUB_AGENT, textOf, type Fields } from "./jsonLines.js";
import { toTranslate } from "../Localize.js";

const TRANSCRIPTS = /[\\/]agent-transcripts[\\/]/;

/**
 * Transcripts of Cursor's agent: `projects/<folder>/agent-transcripts/<id>/<id>.jsonl` below
 * `.cursor`. They have neither times nor results of tools, so a session of which anything is known
 * from elsewhere is not taken from them.
 */
export const cursorAgent: Importer = {
  kind: "cursor-agent",
  title: toTranslate("Transcripts of Cursor's agent"),
  async find(files, folder) {
    const found = await files.find(folder, (name) => name.endsWith(".jsonl"), 4);
    const transcripts = found.filter(({ path }) => TRANSCRIPTS.test(path));
    return Promise.all(transcripts.map((file) => withFolder(files, file)));
  },
  async *read({ lines, file, onSkipped }) {
    if (/[\\/]subagents[\\/]/.test(file.path)) {
      onSkipped({ path: file.path, line: 0, reason: SUB_AGENT });
      return;
    }
    const name = file.path.split(/[\\/]/).at(-1) ?? "";
    const session = name.slice(0, -".jsonl".length);
    for await (const { fields, line } of jsonLines(lines, file, onSkipped)) {
      const role = textOf(fields, "role");
      const { message } = fields;
      if ((role !== "user" && role !== "assistant") || !isFields(message)) continue;
      const words = wordsOf(message);
      if (words.trim() === "") continue;
      const common = {
        ...{ session, key: `${session} ${line}`, isTimeOfFile: true, isOutline: true },
        // What was said later is later, by as little as can be.
        at: file.at + line,
        ...(file.of === undefined ? {} : { cwd: file.of }),
      };
      yield role === "user" ? { ...common, prompt: typedIn(words) } : { ...common, message: words };
    }
  },
};

/** What a person typed, where it stands in an envelope. */
function typedIn(words: string): string {
  const begin = words.indexOf("<user_query>");
  const end = words.lastIndexOf("</user_query>");
  return begin >= 0 && end > begin ? words.slice(begin + "<user_query>".length, end).trim() : words;
}

function wordsOf({ content }: Fields): string {
  if (typeof content === "string") return content;
  return fieldsIn(content)
    .flatMap((block) => (block["type"] === "text" ? [textOf(block, "text") ?? ""] : []))
    .join("\n");
}

/** Says of a transcript which folder it was made in, where a file of its project says so. */
async function withFolder(files: ImportFiles, file: FoundFile): Promise<FoundFile> {
  const parts = file.path.split(/[\\/]/);
  const project = parts.slice(0, parts.lastIndexOf("agent-transcripts")).join("/");
  const bytes = await files.bytes(`${project}/.workspace-trusted`, 100_000);
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const of = isFields(value) ? textOf(value, "workspacePath") : undefined;
    return of === undefined ? file : { ...file, of };
  } catch {
    // Without it its session belongs to no project.
    return file;
  }
}
