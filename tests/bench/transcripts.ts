/** Sessions of six agents for a made-up disk, from a seed. */
import type { NewRecord } from "recollect-wasm";
import type { Agent, Session } from "../quality/day0/disk.js";
import { Generator } from "./generator.js";

/** Those that keep their sessions as text. */
export const SIX: readonly Agent[] = [
  ...(["claude-code", "codex", "copilot-cli", "gemini", "editor-chat", "cursor-agent"] as const),
];

/** Prompts of a session, with a command, an edit and an answer each. */
const PROMPTS = 25;
/** What is told of each: the prompt, two uses of tools and the answer. */
const TURNS_A_PROMPT = 4;

const PROJECTS = 6;

/** Lines that commands say, in different order. */
const OUTPUT_LINES = 500;

/**
 * Sessions that tell so many turns altogether, of these agents in turn; commands say about
 * `outputBytes`.
 */
export function* sessions(
  turns: number,
  { agents = SIX, outputBytes = 600 }: { agents?: readonly Agent[]; outputBytes?: number } = {},
): Iterable<Session> {
  const generator = new Generator(19);
  const told = (): Told => {
    const { title, narrative, filesModified } = generator.memory(0) as Observation;
    return { title, story: narrative ?? "", file: filesModified?.[0] ?? "src/a.ts" };
  };
  // Much output is some lines over and over, as that of tests is.
  const said = Array.from({ length: OUTPUT_LINES }, () => told().story);
  let line = 0;
  const output = (): string => {
    const lines: string[] = [];
    for (let bytes = 0; bytes < outputBytes; bytes += lines.at(-1)?.length ?? 1)
      lines.push(`${(line += 1)} ${said[line % said.length] ?? ""}`);
    return lines.join("\n");
  };
  const count = Math.ceil(turns / (PROMPTS * TURNS_A_PROMPT));
  for (let number = 0; number < count; number += 1) {
    const left = Math.ceil(turns / TURNS_A_PROMPT) - number * PROMPTS;
    yield {
      key: `session-${number}`,
      agent: agents[number % agents.length] ?? "claude-code",
      project: `project-${number % PROJECTS}`,
      day: 1 + (number % 300),
      turns: Array.from({ length: Math.min(PROMPTS, left) }, () => {
        const { title, story, file } = told();
        return {
          ask: title,
          steps: [
            { run: `npm test -- ${file}`, out: output() },
            { edit: file, old: title, new: story },
          ],
          say: story,
        };
      }),
    };
  }
}

interface Told {
  readonly title: string;
  readonly story: string;
  readonly file: string;
}

type Observation = Extract<NewRecord, { kind: "observation" }>;
