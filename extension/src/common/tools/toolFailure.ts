import { NotSavedError } from "../memories/Flusher.js";
import { NotRecordingError, TooManyWritesError } from "../memories/WriteGuard.js";
import { oneLine } from "../text/plainText.js";
import { ToolInputError } from "./toolInput.js";
import { notRecordingText, tooManyWritesText } from "./toolText.js";

/** Language models asked for a tool while the user has them switched off. */
export class ToolsOffError extends Error {
  override readonly name = "ToolsOffError";

  constructor() {
    super("the memory tools are switched off");
  }
}

/** What a model is told about a failure, always with what to try next. */
export function sentenceForModel(error: unknown): string {
  if (error instanceof ToolInputError) return error.message;
  if (error instanceof NotSavedError) {
    return "Writing to disk failed. The text is kept and will be written later, so do not remember it again; tell the user that it is not saved yet.";
  }
  if (error instanceof NotRecordingError) return notRecordingText(error);
  if (error instanceof TooManyWritesError) return tooManyWritesText(error);
  switch (error instanceof Error ? error.name : "") {
    case "ToolsOffError":
      return "The memory tools are switched off. Go on without them, and do not try again.";
    case "LockedError":
      return "The memories are encrypted and locked, so nothing can be found or stored. Go on without them, and tell the user that Memory: Unlock Memories… unlocks them.";
    case "Full":
      return "Too much waits to be written to disk, so nothing more can be remembered right now. Do not try again soon; tell the user that recording is paused.";
    case "NotFound":
      return "No memory or session has this id; it may have been forgotten. Call recollect_memory_search to find current ids.";
    case "TooLarge":
      return "The text is too long to be remembered. Shorten it to the one thought that matters and try again.";
    case "InvalidInput":
      return `The input cannot be used: ${oneLine(error instanceof Error ? error.message : "")}. Correct it as the tool's schema says and try again.`;
    default:
      return "The memories cannot be read right now. Go on without them, and tell the user that the Recollect log says why.";
  }
}
