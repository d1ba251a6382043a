import type { PromptMessage } from "../recall/answer.js";

/** A language model that answers with a text. */
export interface Model {
  /** Tokens that a request may have. */
  readonly maxInputTokens: number;

  /**
   * The whole answer; cut once it is longer than `maxCharacters`. Rejects with a {@link ModelError},
   * or with anything when the signal is aborted.
   */
  ask(
    messages: readonly PromptMessage[],
    maxCharacters: number,
    signal: AbortSignal,
  ): Promise<string>;
}

/** Why a model gave no answer: it may not be used, it would not answer this, or it failed. */
export class ModelError extends Error {
  override readonly name = "ModelError";

  constructor(readonly reason: "forbidden" | "refused" | "failed") {
    super(`the language model gave no answer: ${reason}`);
  }
}

/** Bytes that count as one token, as everywhere in Recollect. */
const TOKEN_BYTES = 4;

const encoder = new TextEncoder();

/** Estimated tokens of a text. */
export function tokensOf(text: string): number {
  return Math.ceil(encoder.encode(text).length / TOKEN_BYTES);
}
