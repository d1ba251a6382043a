import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** The extension's id, which its folder in an editor's global storage has. */
const EXTENSION_ID = "recollect.recollect";

/** Editors in the order they are looked for; all of them name their folders this way. */
const DESKTOPS = ["Code", "Code - Insiders", "VSCodium", "Cursor", "Windsurf"];

/** Where servers keep what a desktop keeps in the user's configuration. */
const SERVERS = [
  ".vscode-server/data",
  ".vscode-server-insiders/data",
  ".vscode-remote/data",
  ".local/share/code-server",
];

/**
 * The folder of the memories: the one that is named, else what `RECOLLECT_STORAGE` names, else that
 * of the first editor here which has one, else where VS Code would make it.
 */
export function storageFolder(named: string | undefined, env = process.env): string {
  const given = named ?? env["RECOLLECT_STORAGE"];
  if (given !== undefined && given !== "") return given;
  const folders = candidates(env);
  const first = folders[0] ?? join(homedir(), ".recollect");
  return folders.find((folder) => existsSync(join(folder, "mem1"))) ?? first;
}

function candidates(env: NodeJS.ProcessEnv): string[] {
  const base = configurationFolder(env);
  const users = [
    ...DESKTOPS.map((name) => join(base, name, "User")),
    ...SERVERS.map((path) => join(homedir(), path, "User")),
  ];
  return users.map((user) => join(user, "globalStorage", EXTENSION_ID));
}

function configurationFolder(env: NodeJS.ProcessEnv): string {
  switch (process.platform) {
    case "win32":
      return env["APPDATA"] ?? join(homedir(), "AppData", "Roaming");
    case "darwin":
      return join(homedir(), "Library", "Application Support");
    default:
      return env["XDG_CONFIG_HOME"] ?? join(homedir(), ".config");
  }
}
