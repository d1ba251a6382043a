// Has API proposals count in the editor of the tests as they do in everybody's VS Code.
//
// code-server grants every proposal to every extension, so that nothing in it shows what would fail for users.

import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where the question is asked whether an extension may use a proposal: the window and both kinds of host. */
const ASKED_IN = [
  "code/browser/workbench/workbench.js",
  "workbench/api/node/extensionHostProcess.js",
  "workbench/api/worker/extensionHostWorkerMain.js",
];

/** The function that grants everything, by the one beside it that throws where something is not granted. */
const GRANTS =
  /function ([\w$]+)\((\w+),(\w+)\)\{return!0\}(?=function [\w$]+\(\w+,\w+\)\{if\(!\1\(\w+,\w+\)\)throw new Error\(`Extension '[^`]*CANNOT use API proposal)/g;

const COUNTED =
  "function $1($2,$3){return!!$2.enabledApiProposals&&$2.enabledApiProposals.includes($3)}";

/** Says for which extensions the window was started with all proposals. */
const FOR_ALL = "this._envEnablesProposedApiForAll=!0";

/**
 * Changes an installed editor; throws if it is not built as it is known to be.
 *
 * @param {string} folder The folder of code-server's VS Code.
 */
export function countProposals(folder) {
  for (const name of ASKED_IN) {
    const file = join(folder, "out", "vs", name);
    const text = readFileSync(file, "utf8");
    if ([...text.matchAll(GRANTS)].length !== 1)
      throw new Error(`${file} does not say in one place which API proposals count`);
    const counted = text.replace(GRANTS, COUNTED).replace(FOR_ALL, FOR_ALL.replace("!0", "!1"));
    // The file may be shared with an editor that is not changed.
    writeFileSync(`${file}.part`, counted);
    renameSync(`${file}.part`, file);
  }
}
