import type { AgentName, Hook, HookEvent } from "./Hook.js";

/**
 * Moments at which an agent lets a hook add to what its model reads. Where documentation and
 * sources differ only those count on which both agree: some agents call a hook broken that says
 * more than they know.
 */
const TAKES_CONTEXT: Readonly<Record<AgentName, readonly HookEvent[]>> = {
  "claude-code": ["SessionStart", "PreToolUse", "PostToolUse", "PostToolUseFailure"],
  vscode: ["SessionStart", "PreToolUse", "PostToolUse"],
  copilot: ["SessionStart", "PostToolUse", "PostToolUseFailure"],
  codex: ["SessionStart", "PreToolUse", "PostToolUse"],
  cursor: ["SessionStart", "PostToolUse", "PostToolUseFailure"],
  gemini: ["SessionStart", "UserPromptSubmit", "PostToolUse"],
  devin: ["SessionStart", "PostToolUse"],
};

/** Whether an agent gives its model what is answered at this moment. */
export function takesContext({ agent, event }: Pick<Hook, "agent" | "event">): boolean {
  return TAKES_CONTEXT[agent].includes(event);
}

/** What is written to standard output: nothing, or one JSON object in the agent's own form. */
export function hookAnswer(hook: Hook, context: string | undefined): string {
  // One of them reads standard error as the answer where standard output is empty.
  if (context === undefined || !takesContext(hook)) return hook.agent === "gemini" ? "{}\n" : "";
  return `${JSON.stringify(answerWith(hook, context))}\n`;
}

function answerWith({ agent, calledAs }: Hook, context: string): object {
  switch (agent) {
    case "cursor":
      return { additional_context: context };
    case "copilot":
      return { additionalContext: context };
    default:
      return { hookSpecificOutput: { hookEventName: calledAs, additionalContext: context } };
  }
}
