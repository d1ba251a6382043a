// Writes the README's tables of settings and commands from the manifest, so that they never disagree. `--fix` writes; else it only compares.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { format } from "prettier";
import { Refusal, command, root } from "./process.mjs";

const README = join(root, "README.md");

/** What each command of the palette does; the manifest has room only for their titles. */
const DOES = {
  rememberSelection: "keeps the selected text, with its file and lines, and asks why",
  remember: "keeps a text you type",
  ask: "answers in a list while you type, without a model",
  search: "the same, for those who know it by that name",
  learnFromGit: "makes memories of commits that are not known yet",
  forget: "ends memories for good, after showing them",
  stopHosted: "asks that service for nothing more; what was learned stays",
  export: "writes memories into a file: lines of JSON, Markdown or claude-mem's JSON",
  import: "takes in what agents and other memories have kept, filtered again",
  checkStorage: "verifies every file and shows a report",
  startPrivateSession: "stores nothing from this window until you end it",
  endPrivateSession: "records again",
  pause: "stores only what you ask for yourself",
  resume: "captures again",
  showAssistantWrites: "lists what assistants added or changed, to keep or undo it",
  undoAssistantWrites: "takes all of that back",
  stopRewriting: "leaves what waits for the language model as it is",
  encrypt: "encrypts all files, after you kept a recovery code",
  unlock: "takes the recovery code where the key is lost",
  showRecoveryCode: "shows the code while the memories are unlocked",
  decrypt: "makes them plain files again",
  showLog: "shows what the extension did; never what you stored",
  markHarmless: "recalls a memory by itself that reads like an instruction",
  connectAgent: "connects an agent that works outside the editor",
  openView: "opens the side bar",
  showStatus: "tells what is recorded, and has the switches",
  openMemoryPage: "opens a memory that you pick as a page",
  searchInView: "puts the cursor into the search of the side bar",
  showTimeline: "shows what stood around a memory",
  pinMemory: "keeps a memory at hand",
  unpinMemory: "no longer does",
  editMemory: "changes a memory's title, text or type",
  forgetMemory: "ends one memory, with some seconds to undo it",
  copyMemory: "copies a memory's text",
  changeType: "says what kind of memory it is",
  getStarted: "shows the first steps",
  previewContext: "shows what an assistant is told that begins to work here",
};

/** The README with its tables as the manifest has them. */
async function written(readme) {
  const manifest = JSON.parse(readFileSync(join(root, "extension/package.json"), "utf8"));
  const words = JSON.parse(readFileSync(join(root, "extension/package.nls.json"), "utf8"));
  const word = (key) => words[key.slice(1, -1)] ?? key;
  const { contributes } = manifest;
  const tables = { commands: commands(contributes, word), settings: settings(contributes, word) };
  let text = readme;
  for (const [name, table] of Object.entries(tables)) {
    const [begin, end] = [
      `<!-- The ${name} of the manifest; npm run fix writes them. -->`,
      `<!-- The end of the ${name}. -->`,
    ];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Refusal(`The README has no place for the ${name}.`);
    text = `${text.slice(0, from + begin.length)}\n\n${table}\n\n${text.slice(to)}`;
  }
  return format(text, { parser: "markdown", printWidth: 100 });
}

function commands({ commands, menus }, word) {
  const hidden = menus.commandPalette
    .filter(({ when }) => when === "false")
    .map(({ command }) => command);
  const rows = commands
    .filter(({ command }) => !hidden.includes(command))
    .map(({ command, category, title }) => {
      const does = DOES[command.replace("recollect.", "")];
      if (does === undefined) throw new Refusal(`The README does not say what ${command} does.`);
      return `| ${category}: ${word(title)} | ${does} |`;
    });
  return ["| command | does |", "| --- | --- |", ...rows].join("\n");
}

function settings({ configuration }, word) {
  return configuration
    .map(({ title, properties }) => {
      const rows = Object.entries(properties).map(
        ([name, { default: value, markdownDescription }]) =>
          `| \`${name}\` | ${shown(value)} | ${firstSentence(word(markdownDescription))} |`,
      );
      const head = `| ${word(title)} | default | what it is |`;
      return [head, "| --- | --- | --- |", ...rows].join("\n");
    })
    .join("\n\n");
}

function shown(value) {
  if (typeof value === "boolean") return value ? "on" : "off";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(", ");
  return value === "" ? "any" : String(value);
}

function firstSentence(text) {
  const [sentence] = /^.*?[^.]\.(?=\s|$)/s.exec(text) ?? [text];
  return sentence.replaceAll("#", "").replaceAll("|", "\\|");
}

async function check() {
  const readme = readFileSync(README, "utf8");
  const wanted = await written(readme);
  if (wanted === readme) return;
  if (!process.argv.includes("--fix"))
    throw new Refusal(
      "The README's tables are not those of the manifest; npm run fix writes them.",
    );
  writeFileSync(README, wanted);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await command(check);
