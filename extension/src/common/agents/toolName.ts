/** Tools' names that no other agent has, by names that are known. */
const TOOL_NAMES: Readonly<Record<string, string>> = {
  run_shell_command: "Bash",
  replace: "Edit",
};

/** A tool's name as the module knows it. */
export function toolName(name: string): string {
  if (name.startsWith("MCP:")) return `mcp__${name.slice(4)}`;
  return Object.hasOwn(TOOL_NAMES, name) ? (TOOL_NAMES[name] ?? name) : name;
}
