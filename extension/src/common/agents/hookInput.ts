/** Longest text of an input or output that is handed on, in UTF-16 units; far less is kept of it. */
const MAX_TEXT = 2 * 1024 * 1024;

/** How deep texts are looked for. */
const MAX_DEPTH = 8;

/** Shells that are given a command line as one word behind these flags. */
const SHELL = /(?:^|[/\\])(?:ba|z|da|k)?sh(?:\.exe)?$/i;

/** The input of a use of a tool with its command as one line, where it came as a list of words. */
export function commandLine(input: unknown): unknown {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return input;
  // An object has only string keys that matter here, and the values stay unknown.
  const { command } = input as { readonly command?: unknown };
  if (!Array.isArray(command) || !command.every((word) => typeof word === "string")) return input;
  const [program = "", flags = "", line] = command;
  const isShell = SHELL.test(program) && /^-[a-z]*c$/.test(flags) && line !== undefined;
  return { ...input, command: isShell ? line : command.join(" ") };
}

/**
 * A value with its long texts cut at the end of a word: nobody waits for tens of megabytes to be
 * handed over and read again. A tag for privacy that is cut off stays open, and so private to the end.
 */
export function shortened(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return beginning(value);
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) return value.map((one) => shortened(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, shortened(one, depth + 1)]),
  );
}

function beginning(text: string): string {
  if (text.length <= MAX_TEXT) return text;
  const start = text.slice(0, MAX_TEXT);
  const end = Math.max(start.lastIndexOf(" "), start.lastIndexOf("\n"));
  return end > 0 ? start.slice(0, end) : start;
}
