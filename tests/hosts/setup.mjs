// Installs what the end-to-end tests need: a real VS Code, a browser and the driver between them.
//
// Every step says what it does and is skipped when its result is there.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium } from "./chromium.mjs";
import { countProposals } from "./strict.mjs";
import {
  CODE_SERVER_VERSION,
  NODE_VERSION,
  editorEntry,
  editorFolder,
  editorNode,
  publishedFolder,
} from "./versions.mjs";

const folder = dirname(fileURLToPath(import.meta.url));

/** Says why set-up cannot go on. The message is the whole story, so no stack is shown. */
class SetupError extends Error {
  name = "SetupError";
}

/** Makes this folder's tests ready to run; a second call takes well under a second. */
export function setUpHosts() {
  installEditor();
  installDriver();
  installChromium();
}

function installEditor() {
  if (existsSync(editorEntry) && existsSync(editorNode)) {
    say(`VS Code (code-server ${CODE_SERVER_VERSION}) is in ${editorFolder}`);
    return;
  }
  if (process.platform === "win32") {
    throw new SetupError(
      "The editor of the end-to-end tests, code-server, does not run on Windows: use Linux, macOS or WSL.",
    );
  }
  // Made beside its place and moved there as a whole, so that an interrupted set-up leaves nothing half done.
  const unfinished = `${editorFolder}.${process.pid}.part`;
  rmSync(unfinished, { recursive: true, force: true });
  const vscode = join(unfinished, "node_modules", "code-server", "lib", "vscode");
  try {
    if (!isLinkedCopy(publishedFolder, unfinished)) {
      mkdirSync(unfinished, { recursive: true });
      writeFileSync(join(unfinished, "package.json"), `${JSON.stringify({ private: true })}\n`);
      say(`Installing Node ${NODE_VERSION} for the editor`);
      npm(unfinished, ["install", `node@${NODE_VERSION}`, "--ignore-scripts=false"]);
      say(`Installing VS Code (code-server ${CODE_SERVER_VERSION}, about 180 MB)`);
      npm(unfinished, ["install", `code-server@${CODE_SERVER_VERSION}`, "--ignore-scripts"]);
      npm(vscode, ["install", "--omit=dev", "--ignore-scripts"]);
    }
    say("Having API proposals count in it");
    countProposals(vscode);
    rmSync(editorFolder, { recursive: true, force: true });
    renameSync(unfinished, editorFolder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  if (!existsSync(editorNode)) {
    throw new SetupError(
      `The npm package node@${NODE_VERSION} has no program for ${process.platform} ${process.arch}, which the editor needs.`,
    );
  }
}

/** Makes a copy of an editor that was installed earlier, if there is one; its files take no space again. */
function isLinkedCopy(from, to) {
  if (!existsSync(from)) return false;
  if (spawnSync("cp", ["-al", from, to], { stdio: "ignore" }).status === 0) return true;
  rmSync(to, { recursive: true, force: true });
  return false;
}

function installDriver() {
  const installed = join(folder, "node_modules", ".installed");
  const lock = readFileSync(join(folder, "package-lock.json"));
  const wanted = createHash("sha256").update(lock).digest("hex");
  if (existsSync(installed) && readFileSync(installed, "utf8") === wanted) {
    say("The packages of tests/hosts are installed");
    return;
  }
  say("Installing the packages of tests/hosts");
  npm(folder, ["ci"]);
  writeFileSync(installed, wanted);
}

function installChromium() {
  const found = findChromium();
  if (found !== undefined) {
    say(`The browser is ${found}`);
    return;
  }
  const install = aptGet();
  if (install !== undefined) {
    say("Installing Chromium from Debian");
    run(install[0], [...install.slice(1), "update"], folder);
    run(
      install[0],
      [...install.slice(1), "install", "--yes", "--no-install-recommends", "chromium"],
      folder,
    );
    if (findChromium() !== undefined) return;
  }
  throw new SetupError(
    "Chromium is missing: install Chromium or Google Chrome, or set CHROME_PATH to its program.",
  );
}

/** The command that installs Debian packages here without asking, if there is one. */
function aptGet() {
  if (!existsSync("/etc/debian_version") || !existsSync("/usr/bin/apt-get")) return undefined;
  if (process.getuid?.() === 0) return ["apt-get"];
  const canSudo = spawnSync("sudo", ["-n", "true"], { stdio: "ignore" }).status === 0;
  return canSudo ? ["sudo", "-n", "apt-get"] : undefined;
}

function npm(cwd, [command, ...args]) {
  // A call from an npm script brings that script's configuration along, such as the root's folder.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(?:config_(?:local_)?prefix|package_|lifecycle_)/i.test(name),
    ),
  );
  // The server's packages ask for their own major version of Node, which npm itself need not run on.
  run(
    "npm",
    [command, ...args, "--no-audit", "--no-fund", "--loglevel=error", "--engine-strict=false"],
    cwd,
    env,
  );
}

function run(program, args, cwd, env = process.env) {
  const { status, error } = spawnSync(program, args, {
    cwd,
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (error !== undefined) throw new SetupError(`${program} cannot be run: ${error.message}.`);
  if (status !== 0)
    throw new SetupError(
      `${[program, ...args].join(" ")} failed in ${cwd}; what it said stands above.`,
    );
}

function say(sentence) {
  console.log(`hosts: ${sentence}`);
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    setUpHosts();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
