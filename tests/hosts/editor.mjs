// Starts a real VS Code, served to a browser by code-server, in folders of its own.

import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { editorEntry, editorNode } from "./versions.mjs";

/** How long the editor may take until it answers. */
const READY_MS = 60_000;

/** How long the editor may take to end by itself. */
const STOP_MS = 5_000;

/** A window that shows the opened folder and the Chat view, asks nothing and reaches for nothing on the network. */
const SETTINGS = {
  "chat.disableAIFeatures": false,
  // Takes half of a wide Chat view.
  "chat.viewSessions.enabled": false,
  "editor.cursorBlinking": "solid",
  "editor.minimap.enabled": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "git.autofetch": false,
  "git.openRepositoryInParentFolders": "never",
  "github.gitAuthentication": false,
  "security.workspace.trust.banner": "never",
  "security.workspace.trust.startupPrompt": "never",
  // Every folder is trusted, unless a test asks for Restricted Mode.
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "update.showReleaseNotes": false,
  "workbench.editor.useModal": "off",
  // What moves is drawn anew again and again, and nothing here has a graphics card.
  "workbench.reduceMotion": "on",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
};

/** Settings with which an opened folder is not trusted: Restricted Mode. */
export const RESTRICTED_MODE = { "security.workspace.trust.enabled": true };

/**
 * Settings that run extensions in one kind of extension host: `workspace` is Node, `ui` is the web worker of the browser.
 *
 * @param {"workspace" | "ui"} kind
 */
export function extensionHost(kind) {
  return {
    "remote.extensionKind": { "recollect.recollect": [kind], "recollect-test.test-model": [kind] },
  };
}

/**
 * @typedef {object} EditorOptions
 * @property {string} folder Folder to open.
 * @property {readonly string[]} [vsixes] Packaged extensions to install first.
 * @property {number} [port] Port on this machine; 0 takes a free one.
 * @property {string} [userDataDir] Where settings and storage are kept. Default: a new folder, removed by `stop`.
 * @property {string} [extensionsDir] Where extensions are installed. Default: a new folder, removed by `stop`.
 * @property {Readonly<Record<string, unknown>>} [settings] User settings besides the usual ones.
 * @property {string} [locale] Language that extensions are told, such as `de`; the editor's own words stay English.
 */

/**
 * @typedef {object} Editor
 * @property {string} url Address that shows the folder.
 * @property {number} port
 * @property {string} dataDir Where settings and storage are kept.
 * @property {string} extensionsDir
 * @property {() => string} output What the editor has written so far, for when something fails.
 * @property {() => Promise<void>} stop Ends the editor and everything it started.
 */

/**
 * Starts the editor and returns when it answers.
 *
 * Give `userDataDir` and `extensionsDir` to start a second time with what the first run left; both stay then.
 *
 * @param {EditorOptions} options
 * @returns {Promise<Editor>}
 */
export async function startEditor({
  folder,
  vsixes = [],
  port = 0,
  userDataDir,
  extensionsDir,
  settings = {},
  locale,
}) {
  const own = await mkdtemp(join(tmpdir(), "recollect-editor-"));
  const dataDir = userDataDir ?? join(own, "data");
  const installedDir = extensionsDir ?? join(own, "extensions");
  const removeOwn = () => rm(own, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  try {
    await mkdir(installedDir, { recursive: true });
    await writeSettings(dataDir, settings);
    if (locale !== undefined) await knowLanguage(dataDir, locale);
    for (const vsix of vsixes)
      await installVsix({ vsix, userDataDir: dataDir, extensionsDir: installedDir });
    const isTrusting = settings["security.workspace.trust.enabled"] !== true;
    const server = await serve({ port, dataDir, installedDir, own, isTrusting, locale });
    const query = new URLSearchParams({ folder: resolve(folder) });
    return {
      url: `http://127.0.0.1:${server.port}/?${query}`,
      port: server.port,
      dataDir,
      extensionsDir: installedDir,
      output: server.output,
      stop: async () => {
        await server.stop();
        await removeOwn();
      },
    };
  } catch (error) {
    await removeOwn();
    throw error;
  }
}

/**
 * Installs a packaged extension for every later start with the same folders.
 *
 * @param {{ vsix: string, userDataDir: string, extensionsDir: string }} options
 */
export async function installVsix({ vsix, userDataDir, extensionsDir }) {
  const editor = spawnEditor(
    [...folders(userDataDir, extensionsDir), "--install-extension", resolve(vsix), "--force"],
    userDataDir,
  );
  const code = await editor.ended;
  if (code !== 0) throw new Error(`${vsix} was not installed:\n${editor.output()}`);
}

/** User settings: the usual ones, then what the folder has from an earlier run, then the given ones. */
async function writeSettings(dataDir, settings) {
  const path = join(dataDir, "User", "settings.json");
  await mkdir(join(dataDir, "User"), { recursive: true });
  const earlier = await readFile(path, "utf8").catch(() => "{}");
  await writeFile(
    path,
    `${JSON.stringify({ ...SETTINGS, ...JSON.parse(earlier), ...settings }, undefined, 2)}\n`,
  );
}

/** Lets the editor know a language, by a pack without words: it takes none that no pack is known of. */
async function knowLanguage(dataDir, locale) {
  const words = join(dataDir, "no-words.json");
  await writeFile(words, JSON.stringify({ version: "1.0.0", contents: {} }));
  const pack = {
    ...{ hash: "no-words", label: locale, translations: { vscode: words } },
    extensions: [{ extensionIdentifier: { id: "recollect-test.words" }, version: "1.0.0" }],
  };
  await writeFile(join(dataDir, "languagepacks.json"), JSON.stringify({ [locale]: pack }));
}

async function serve({ port, dataDir, installedDir, own, isTrusting, locale }) {
  const editor = spawnEditor(
    [
      ...folders(dataDir, installedDir),
      "--auth",
      "none",
      "--bind-addr",
      `127.0.0.1:${port}`,
      "--disable-telemetry",
      "--disable-update-check",
      ...(isTrusting ? ["--disable-workspace-trust"] : []),
      "--disable-getting-started-override",
      ...(locale === undefined ? [] : ["--locale", locale]),
    ],
    own,
  );
  try {
    const bound = await until(READY_MS, async () => {
      if (editor.isOver())
        throw new Error(`The editor ended before it was ready:\n${editor.output()}`);
      const listening = /HTTP server listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(
        editor.output(),
      );
      if (listening === null) return undefined;
      const found = Number(listening[1]);
      const answer = await fetch(`http://127.0.0.1:${found}/healthz`).catch(() => undefined);
      return answer?.ok === true ? found : undefined;
    });
    if (bound === undefined)
      throw new Error(`The editor was not ready within ${READY_MS / 1000} s:\n${editor.output()}`);
    return { port: bound, output: editor.output, stop: editor.stop };
  } catch (error) {
    await editor.stop();
    throw error;
  }
}

function folders(dataDir, installedDir) {
  // Without a file of its own the server writes one into the user's home.
  return [
    "--config",
    join(dataDir, "server.yaml"),
    "--user-data-dir",
    dataDir,
    "--extensions-dir",
    installedDir,
  ];
}

/** Runs the editor's program in a process group of its own, so that all of it can be ended at once. */
function spawnEditor(args, cwd) {
  const child = spawn(editorNode, [editorEntry, ...args], {
    cwd,
    detached: true,
    env: cleanEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const take = (chunk) => {
    output = (output + chunk).slice(-200_000);
  };
  child.stdout.setEncoding("utf8").on("data", take);
  child.stderr.setEncoding("utf8").on("data", take);
  let isOver = false;
  const ended = new Promise((settle, fail) => {
    child.once("error", fail);
    child.once("close", (code) => {
      isOver = true;
      settle(code);
    });
  });
  // Whoever waits for the end gets the error; nobody else needs to.
  ended.catch(() => undefined);

  const signal = (name) => {
    try {
      process.kill(-child.pid, name);
      return true;
    } catch {
      return false;
    }
  };
  const killNow = () => void signal("SIGKILL");
  process.once("exit", killNow);

  const stop = async () => {
    if (child.pid === undefined) return;
    signal("SIGTERM");
    // Signal 0 asks only whether any process of the group is left.
    const hasEnded = await until(STOP_MS, () => Promise.resolve(signal(0) ? undefined : true));
    if (hasEnded === undefined) {
      killNow();
      await until(STOP_MS, () => Promise.resolve(signal(0) ? undefined : true));
    }
    process.removeListener("exit", killNow);
  };
  void ended.then(() => process.removeListener("exit", killNow)).catch(() => undefined);
  return { ended, isOver: () => isOver, output: () => output, stop };
}

/** Started from a terminal of VS Code, the server would otherwise talk to that window. */
function cleanEnvironment() {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(?:VSCODE_|CODE_SERVER_|NODE_OPTIONS$|NODE_TEST_CONTEXT$|PASSWORD$|HASHED_PASSWORD$|PORT$)/.test(
        name,
      ),
  );
  return Object.fromEntries(kept);
}

/** Asks `probe` until it returns something, at most for `milliseconds`. */
async function until(milliseconds, probe) {
  for (const end = Date.now() + milliseconds; Date.now() < end;) {
    const found = await probe();
    if (found !== undefined) return found;
    await new Promise((settle) => setTimeout(settle, 50));
  }
  return undefined;
}
