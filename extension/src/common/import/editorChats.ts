import { digestOf } from "./derivedId.js";
import { readEvents } from "./copilotEvents.js";
import type { FoundFile, Importer, ImportFiles, ImportInput, Told } from "./Importer.js";
import {
  UNKNOWN_TURN,
  fieldsIn,
  isFields,
  jsonLines,
  textOf,
  timeOf,
  type Fields,
} from "./jsonLines.js";
import { lastName, readMarkdown } from "./toldMarkdown.js";
import { replayed } from "./operationLog.js";
import { pathOfUri } from "./pathOfUri.js";
import { isTooLargeToHold, wholeText } from "./wholeText.js";
import { toTranslate } from "../Localize.js";

/** The editor's own chats: `chatSessions/<id>.jsonl` or `.json`, and chats that were exported. */
export const editorChats: Importer = {
  kind: "editor-chat",
  title: toTranslate("The editor's chats"),
  async find(files, folder) {
    const found = await files.find(folder, (name) => /\.jsonl?$/.test(name), 4);
    const sessions = found.filter(({ path }) => isChat(path) || isDirectly(path, folder));
    // The later form of a session wins over the earlier one beside it.
    const paths = new Set(sessions.map(({ path }) => path));
    return withFolders(
      files,
      sessions.filter(({ path }) => path.endsWith(".jsonl") || !paths.has(`${path}l`)),
    );
  },
  async *read(input) {
    const { file } = input;
    if (/[\\/]transcripts[\\/]/.test(file.path)) {
      yield* readEvents(input);
      return;
    }
    const state = file.path.endsWith(".jsonl") ? await stateOf(input) : await wholeText(input);
    if (state !== undefined) yield* toldOf(state, input);
  },
};

/** Memory files of the editor's agent, of the user and of repositories. */
export const editorMemory: Importer = {
  kind: "editor-memory",
  title: toTranslate("The editor's memory files"),
  async find(files, folder) {
    const found = await files.find(folder, (name) => name.endsWith(".md"), 7);
    return withFolders(
      files,
      found.filter(({ path }) => /[\\/]memory-tool[\\/]memories[\\/]/.test(path)),
    );
  },
  read: (input) => readMarkdown(input, lastName),
};

function isChat(path: string): boolean {
  return /[\\/](?:chatSessions|emptyWindowChatSessions|transferredChatSessions|GitHub\.copilot-chat[\\/]transcripts)[\\/][^\\/]+$/.test(
    path,
  );
}

function isDirectly(path: string, folder: string): boolean {
  return !/[\\/]/.test(path.slice(folder.length).replace(/^[\\/]/, ""));
}

/** Says of files of a workspace which folder that was. */
async function withFolders(files: ImportFiles, found: readonly FoundFile[]): Promise<FoundFile[]> {
  const folders = new Map<string, Promise<string | undefined>>();
  return Promise.all(
    found.map(async (file) => {
      const parts = file.path.split(/[\\/]/);
      const at = parts.lastIndexOf("workspaceStorage");
      if (at < 0) return file;
      const workspace = parts.slice(0, at + 2).join("/");
      const looked = folders.get(workspace) ?? folderOfWorkspace(files, workspace);
      folders.set(workspace, looked);
      const of = await looked;
      return of === undefined ? file : { ...file, of };
    }),
  );
}

async function folderOfWorkspace(
  files: ImportFiles,
  workspace: string,
): Promise<string | undefined> {
  const bytes = await files.bytes(`${workspace}/workspace.json`, 100_000);
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const folder = isFields(value) ? textOf(value, "folder") : undefined;
    return folder?.startsWith("file://") === true ? pathOfUri(folder) : undefined;
  } catch {
    return undefined;
  }
}

async function stateOf(input: ImportInput): Promise<Fields | undefined> {
  if (isTooLargeToHold(input)) return undefined;
  const { lines, file, onSkipped } = input;
  const state = await replayed(jsonLines(lines, file, onSkipped), (line) => {
    onSkipped({ path: file.path, line, reason: toTranslate("a change that cannot be made") });
  });
  if (state === undefined)
    onSkipped({
      path: file.path,
      line: 0,
      reason: toTranslate("it does not begin with a whole session"),
    });
  return state;
}

async function* toldOf(state: Fields, { file, onSkipped }: ImportInput): AsyncIterable<Told> {
  const requests = fieldsIn(state["requests"]);
  // An exported chat has no id and no date: it is told apart by how it begins.
  const first = requests[0] === undefined ? "" : JSON.stringify(requests[0]["message"] ?? "");
  const session = textOf(state, "sessionId") ?? `chat-${digestOf(first)}`;
  const created = timeOf(state["creationDate"]);
  for (const [number, request] of requests.entries()) {
    const asked = timeOf(request["timestamp"]);
    const at = asked ?? created ?? file.at;
    const { message } = request;
    const prompt = isFields(message) ? textOf(message, "text") : undefined;
    if (prompt === undefined) {
      onSkipped({
        path: file.path,
        line: 0,
        reason: UNKNOWN_TURN,
      });
      continue;
    }
    const id = textOf(request, "requestId") ?? `${session} ${number}`;
    const common = {
      ...{ session, at },
      ...(asked === undefined && created === undefined ? { isTimeOfFile: true } : {}),
      ...(file.of === undefined ? {} : { cwd: file.of }),
    };
    if (prompt.trim() !== "") yield { ...common, key: `${id} asked`, prompt };
    const results = resultsOf(request);
    let said = "";
    for (const part of fieldsIn(request["response"])) {
      const kind = part["kind"];
      if (kind === undefined) said += markdownOf(part);
      else if (kind === "markdownContent") said += markdownOf(part["content"]);
      else if (kind === "inlineReference") said += textOf(part, "name") ?? "";
      if (kind !== "toolInvocationSerialized") continue;
      // What is said last, after all tools, is what it came to.
      said = "";
      const tool = toolOf(part, results);
      const call = textOf(part, "toolCallId");
      if (tool !== undefined && call !== undefined) yield { ...common, key: `${id} ${call}`, tool };
    }
    if (said.trim() !== "") yield { ...common, key: `${id} answered`, message: said };
  }
}

function markdownOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (!isFields(value)) return "";
  const text = value["value"];
  return typeof text === "string" ? text : isFields(text) ? (textOf(text, "value") ?? "") : "";
}

interface Call {
  readonly name: string;
  readonly input: unknown;
}

/** The calls of tools as the model made them, by their ids. */
function resultsOf(request: Fields): ReadonlyMap<string, Call> {
  const calls = new Map<string, Call>();
  const { result } = request;
  const metadata = isFields(result) ? result["metadata"] : undefined;
  for (const round of fieldsIn(isFields(metadata) ? metadata["toolCallRounds"] : undefined)) {
    for (const call of fieldsIn(round["toolCalls"])) {
      const id = textOf(call, "id");
      const name = textOf(call, "name");
      if (id === undefined || name === undefined) continue;
      let input: unknown = call["arguments"];
      try {
        if (typeof input === "string") input = JSON.parse(input);
      } catch {
        input = {};
      }
      // The editor adds to the ids when it keeps them.
      calls.set(id.split("__")[0] ?? id, { name, input });
    }
  }
  return calls;
}

function toolOf(part: Fields, calls: ReadonlyMap<string, Call>): Told["tool"] {
  const call = calls.get((textOf(part, "toolCallId") ?? "").split("__")[0] ?? "");
  const { toolSpecificData: data, resultDetails } = part;
  const line = isFields(data) && isFields(data["commandLine"]) ? data["commandLine"] : undefined;
  const command = line && (textOf(line, "userEdited") ?? textOf(line, "original"));
  const name = call?.name ?? (command === undefined ? textOf(part, "toolId") : "run_in_terminal");
  if (name === undefined) return undefined;
  const input = call?.input ?? (command === undefined ? {} : { command });
  const output = isFields(resultDetails) ? resultDetails["output"] : undefined;
  const texts = fieldsIn(output).map((one) => textOf(one, "value") ?? "");
  return { name, input, response: texts.join("\n") };
}
