// Which editor the tests run, and where it is kept.

import { homedir } from "node:os";
import { join } from "node:path";

/** Carries VS Code 1.139.1. */
export const CODE_SERVER_VERSION = "4.139.1";

/** The editor's server refuses every other major version of Node. */
export const NODE_VERSION = "24.21.0";

/** Where set-up keeps what it installs outside the repository, shared by all clones. */
export const toolCache =
  process.env.RECOLLECT_TOOLS ??
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "recollect");

/** Holds the editor and its own Node as they are published; a new version gets a new folder. */
export const publishedFolder = join(
  toolCache,
  `editor-${CODE_SERVER_VERSION}-node-${NODE_VERSION}`,
);

/** The same, changed so that API proposals count as in everybody's VS Code. */
export const editorFolder = `${publishedFolder}-strict`;

/** The Node program that runs the editor. */
export const editorNode = join(
  editorFolder,
  "node_modules",
  "node",
  "bin",
  process.platform === "win32" ? "node.exe" : "node",
);

/** The editor's server program. */
export const editorEntry = join(
  editorFolder,
  "node_modules",
  "code-server",
  "out",
  "node",
  "entry.js",
);
