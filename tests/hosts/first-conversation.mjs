// The first conversation of a newcomer: learn from a repository's history, then ask `@memory` about it.

import { Session } from "./session.mjs";

/** Asked of this project's own history. */
const QUESTION = "How is the extension tested in a real VS Code?";

/**
 * Opens a clone of this repository, learns from its history and asks about it in the Chat view.
 *
 * @param {object} options
 * @param {string} options.screenshot Where to save the picture of the answer.
 * @param {"workspace" | "ui"} [options.kind] Which extension host to run in: Node, or the browser's worker.
 * @returns {Promise<{ question: string, answer: string }>}
 */
export async function firstConversation({ screenshot, kind = "workspace" }) {
  const session = await Session.open(kind);
  try {
    const { workbench } = session;
    await workbench.runCommand("Memory: Learn from Git History");
    await workbench.waitForText(/Learned \d+ commits/, { timeoutMs: 120_000 });
    const question = `@memory ${QUESTION}`;
    const answer = await workbench.ask(question);
    await workbench.screenshot(screenshot);
    return { question, answer };
  } finally {
    await session.close();
  }
}
