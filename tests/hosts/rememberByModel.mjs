// A model's tool that writes asks the user first, unless the user has switched that off.

/** How long the editor may take to ask. */
const ASKED_MS = 3_000;

/**
 * Lets a model remember, with the user's consent to all tools, and returns what the tool says.
 *
 * @param {import("./session.mjs").Session} session
 * @param {string | object} input The text, or the tool's whole input.
 */
export async function rememberByModel(session, input) {
  await session.request({
    do: "setting",
    section: "chat.tools.global",
    name: "autoApprove",
    value: true,
  });
  const remembering = session.request({
    do: "invokeTool",
    name: "recollect_memory_remember",
    input: typeof input === "string" ? { text: input } : input,
  });
  const dialog = session.workbench.page.locator(".monaco-dialog-box");
  const isAsked = dialog.waitFor({ timeout: ASKED_MS }).then(
    () => true,
    () => false,
  );
  // It asks once, and not again until the editor is restarted.
  if (await Promise.race([isAsked, remembering.then(isOver, isOver)]))
    await session.workbench.confirmDialog("Enable");
  return remembering;
}

/** For the one of two promises that is not needed any more. */
function isOver() {
  return false;
}
