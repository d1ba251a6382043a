import * as vscode from "vscode";
import { keptOutSentence } from "../../common/memories/keptOut.js";
import { saysWhy, withWhy } from "../../common/memories/why.js";
import { NotRecordingError } from "../../common/memories/WriteGuard.js";
import { oneLine } from "../../common/text/plainText.js";
import type { CommandId } from "../../common/tools/contributions.js";
import { typeWord } from "../../common/views/memoryRow.js";
import type { App } from "../App.js";
import { askWhy, mayRemember, rememberText } from "../commands/remember.js";
import { memoryUri } from "../documents/memoryDocument.js";
import { sentenceAbout } from "../errors.js";

/** Remembers what stands after `/remember`, and says what became of it. */
export async function rememberInChat(
  app: App,
  text: string,
  stream: vscode.ChatResponseStream,
): Promise<void> {
  if (text === "") {
    stream.markdown(vscode.l10n.t("Write what is to be remembered after `/remember`."));
    return;
  }
  // Without a reason a memory is worth little; a text that says one is taken as it is.
  const why =
    mayRemember(app) && !saysWhy(text)
      ? await askWhy(
          text,
          vscode.l10n.t("Why? Enter alone or Escape keeps the text without a reason."),
        )
      : undefined;
  const given = withWhy(text, why ?? "", vscode.l10n);
  const appended = await rememberText(app, { text: given }, "user").catch((error: unknown) => {
    // What the user has switched off is an answer and no failure.
    if (!(error instanceof NotRecordingError)) throw error;
    return error;
  });
  if (appended instanceof NotRecordingError) {
    stream.markdown(sentenceAbout(appended) ?? "");
    return;
  }
  if (appended.status === "skipped") {
    stream.markdown(vscode.l10n.t("Nothing was remembered: all of it is private."));
    return;
  }
  // It was durable before this point, so it can be read back.
  const [memory] = await app.memories.get([appended.id]);
  const { l10n } = vscode;
  const type = memory === undefined ? "" : typeWord(memory, l10n);
  stream.markdown(l10n.t("Remembered as {0}: ", type));
  stream.anchor(
    memoryUri(appended.id, memory?.title ?? ""),
    oneLine(memory?.title ?? appended.id, 120),
  );
  const keptOut = keptOutSentence(given, memory?.narrative ?? memory?.title ?? "", l10n);
  if (keptOut !== undefined) stream.markdown(`\n\n${keptOut}`);
  const button = (command: CommandId, title: string): void =>
    stream.button({ command, title, arguments: [appended.id] });
  button("recollect.undoRemember", l10n.t("Undo"));
  button("recollect.changeType", l10n.t("Change Type…"));
}
