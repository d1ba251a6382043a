/** A program and its arguments. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
}

/**
 * Who reads a command line. `any` is for agents that in Windows start whatever shell is there: Git's
 * Bash, one of the PowerShells or cmd.
 */
export type Shell = "sh" | "powershell" | "cmd" | "any";

/** Whether a path names a drive or a share, as only Windows has them. */
export function isWindowsPath(path: string): boolean {
  return /^(?:[a-z]:[\\/]|\\\\)/i.test(path);
}

/** A command line for a shell. */
export function shellLine({ command, args }: Launch, shell: Shell): string {
  if (shell !== "any" || !isWindowsPath(command)) {
    const isCalled = shell === "powershell" ? "& " : "";
    const words = [command, ...args];
    return isCalled + words.map((word, at) => quoted(word, shell, at === 0)).join(" ");
  }
  // With slashes no shell there needs quotes for what has no blanks, and of a program in quotes one
  // makes a text; Node is found by its name.
  const isNode = /[\\/]node\.exe$/i.test(command);
  const words = [isNode ? "node" : command, ...args].map((word) =>
    isWindowsPath(word) ? word.replaceAll("\\", "/") : word,
  );
  return words.map((word) => quoted(word, "cmd", false)).join(" ");
}

function quoted(word: string, shell: Shell, isProgram: boolean): string {
  if (/^[\w./:=@+,-]+$/.test(word) && !(shell === "powershell" && isProgram)) return word;
  switch (shell) {
    case "powershell":
      return `"${word.replace(/[`"$]/g, "`$&")}"`;
    case "cmd":
      // A path of Windows can hold no quotes.
      return `"${word}"`;
    default:
      return `"${word.replace(/["$`\\]/g, "\\$&")}"`;
  }
}
