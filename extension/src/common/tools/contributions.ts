/** Commands in the manifest. A test compares the two; the type holds the code to the same list. */
export const COMMANDS = [
  "recollect.rememberSelection",
  "recollect.remember",
  "recollect.ask",
  "recollect.search",
  "recollect.learnFromGit",
  "recollect.stopHosted",
  "recollect.forget",
  "recollect.export",
  "recollect.import",
  "recollect.checkStorage",
  "recollect.startPrivateSession",
  "recollect.endPrivateSession",
  "recollect.pause",
  "recollect.resume",
  "recollect.showAssistantWrites",
  "recollect.undoAssistantWrites",
  "recollect.stopRewriting",
  "recollect.encrypt",
  "recollect.unlock",
  "recollect.showRecoveryCode",
  "recollect.decrypt",
  "recollect.showLog",
  "recollect.openMemory",
  "recollect.askAgain",
  "recollect.markHarmless",
  "recollect.connectAgent",
  "recollect.openView",
  "recollect.showStatus",
  "recollect.openMemoryPage",
  "recollect.openSession",
  "recollect.openFile",
  "recollect.showMore",
  "recollect.refreshViews",
  "recollect.searchInView",
  "recollect.openDiff",
  "recollect.openCommit",
  "recollect.showTimeline",
  "recollect.pinMemory",
  "recollect.unpinMemory",
  "recollect.editMemory",
  "recollect.forgetMemory",
  "recollect.copyMemory",
  "recollect.changeType",
  "recollect.undoRemember",
  "recollect.getStarted",
  "recollect.keepProposal",
  "recollect.rejectProposal",
  "recollect.previewContext",
] as const;

/** Language-model tools in the manifest. */
export const TOOLS = [
  "recollect_memory_search",
  "recollect_memory_timeline",
  "recollect_memory_get",
  "recollect_memory_context",
  "recollect_memory_patterns",
  "recollect_memory_remember",
  "recollect_memory_forget",
] as const;

/** Commands of the chat participant in the manifest. */
export const CHAT_COMMANDS = [
  "search",
  "recent",
  "timeline",
  "decisions",
  "changes",
  "how",
  "patterns",
  "session",
  "remember",
  "forget",
  "stats",
] as const;

/** Id of the chat participant. */
export const CHAT_PARTICIPANT = "recollect.memory";

export type CommandId = (typeof COMMANDS)[number];
export type ToolName = (typeof TOOLS)[number];
export type ChatCommandName = (typeof CHAT_COMMANDS)[number];

/** Whether the editor's name of a chat command is one of ours. */
export function isChatCommand(name: string): name is ChatCommandName {
  return CHAT_COMMANDS.some((command) => command === name);
}
