import assert from "node:assert/strict";
import { test } from "node:test";
import { connection } from "../src/common/agents/connections.js";
import { shellLine } from "../src/common/agents/shellLine.js";
import { batchFile } from "../src/node/cli/launcher.js";

const HOME = "C:\\Users\\Ann Ölsen";
const SCRIPT = `${HOME}\\AppData\\Roaming\\Code\\bin\\recollect.cjs`;
const NODE = { command: "C:\\Program Files\\nodejs\\node.exe", args: [SCRIPT, "hook"] };
const BATCH = { command: "C:\\Users\\ann\\bin\\recollect.cmd", args: ["hook"] };

test("a command line is one that its shell reads", () => {
  const slashed = SCRIPT.replaceAll("\\", "/");
  const cases: [Parameters<typeof shellLine>, string][] = [
    [
      [{ command: "/usr/bin/node", args: ["/a b/$x.cjs", "hook"] }, "sh"],
      '/usr/bin/node "/a b/\\$x.cjs" hook',
    ],
    [[{ command: "/a b/recollect", args: ["hook"] }, "any"], '"/a b/recollect" hook'],
    // Every shell of Windows takes this: no program in quotes, and no blank outside of them.
    [[NODE, "any"], `node "${slashed}" hook`],
    [[BATCH, "any"], "C:/Users/ann/bin/recollect.cmd hook"],
    [[NODE, "powershell"], `& "${NODE.command}" "${SCRIPT}" hook`],
    [[{ command: "C:\\a`b\\$x.cmd", args: [] }, "powershell"], '& "C:\\a``b\\`$x.cmd"'],
    [[NODE, "cmd"], `"${NODE.command}" "${SCRIPT}" hook`],
  ];
  for (const [[launch, shell], line] of cases) assert.equal(shellLine(launch, shell), line);
});

test("in Windows each agent has the line of the shell that it starts", () => {
  const homes = { home: HOME, env: {}, isWindows: true, isThere: () => false };
  const lineOf = (agent: "codex" | "gemini" | "copilot" | "claude-code"): string =>
    JSON.stringify(connection(agent, NODE, homes)[0]);
  assert.match(lineOf("codex"), /"command":"\\"C:/);
  assert.match(lineOf("gemini"), /"command":"& \\"C:/);
  assert.match(lineOf("copilot"), /"powershell":"& \\"C:/);
  assert.match(lineOf("claude-code"), /"command":"node /);
});

test("a batch file says in ASCII where the editor is", () => {
  const editor = `${HOME}\\AppData\\Local\\Programs\\100% VS\\Code.exe`;
  const text = batchFile(editor, { LOCALAPPDATA: `${HOME.toLowerCase()}\\AppData\\Local` });
  assert.match(text, /"%LOCALAPPDATA%\\Programs\\100%% VS\\Code\.exe" "%~dp0recollect\.cjs" %\*/);
  assert.match(text, /^[\r\n -~]*$/);
  assert.match(batchFile("D:\\Code.exe", {}), /exist "D:\\Code\.exe"/);
});
