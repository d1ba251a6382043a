import * as vscode from "vscode";
import type { Converted } from "../../common/storage/EncryptedSegmentStore.js";
import { KeyMissingError, WrongCodeError, type Offer } from "../../common/storage/Encryption.js";
import { LockedError } from "../../common/storage/Keyring.js";
import { MistypedCodeError } from "../../common/storage/recoveryCode.js";
import type { App } from "../App.js";
import { sentenceAbout } from "../errors.js";

/** Encrypts all files, after the user has kept the recovery code. */
export async function encryptMemories(app: App): Promise<void> {
  const { encryption, memories } = app;
  // With the key lost and nothing there that needs it, a new one is the way out.
  await memories.open().catch((error: unknown) => {
    if (!(error instanceof LockedError)) throw error;
  });
  if (encryption.state === "on") {
    say(vscode.l10n.t("The memories are encrypted already."));
    return;
  }
  const offer = await encryption.offer().catch((error: unknown) => {
    if (!(error instanceof KeyMissingError)) throw error;
    // The palette has Unlock only where nothing can be read.
    offerUnlocking(sentenceAbout(error) ?? "");
  });
  if (offer === undefined) return;
  for (;;) {
    if (!(await showCode(offer.code, vscode.l10n.t("I Have Kept It")))) return;
    const typed = await vscode.window.showInputBox({
      title: vscode.l10n.t("Encrypt Memories"),
      prompt: vscode.l10n.t(
        "Type or paste the recovery code that you have kept. Nothing is encrypted before it is right; Escape shows it again.",
      ),
      ignoreFocusOut: true,
    });
    if (typed === undefined) continue;
    if (await turnOn(app, offer, typed)) return;
  }
}

/** False if what was typed is not the code. */
async function turnOn(app: App, offer: Offer, typed: string): Promise<boolean> {
  try {
    const converted = await working(vscode.l10n.t("Encrypting memories"), (onProgress) =>
      app.encryption.turnOn(offer, typed, onProgress),
    );
    tellConverted(app, converted, vscode.l10n.t("The memories are encrypted."));
    return true;
  } catch (error) {
    if (!(error instanceof MistypedCodeError || error instanceof WrongCodeError)) throw error;
    void vscode.window.showErrorMessage(
      vscode.l10n.t("This is not the recovery code that was shown. Nothing is encrypted yet."),
    );
    return false;
  }
}

/** Takes the recovery code, where the key is missing. */
export async function unlockMemories(app: App): Promise<void> {
  let problem = "";
  for (;;) {
    const typed = await vscode.window.showInputBox({
      title: vscode.l10n.t("Unlock Memories"),
      prompt: vscode.l10n.t("The recovery code: 14 groups of 4 letters and digits."),
      ignoreFocusOut: true,
      validateInput: (value) => (value.trim() === "" ? problem : undefined),
    });
    if (typed === undefined) return;
    try {
      await app.encryption.unlock(typed);
      break;
    } catch (error) {
      const sentence = sentenceAboutCode(error);
      if (sentence === undefined) throw error;
      problem = sentence;
      void vscode.window.showErrorMessage(sentence);
    }
  }
  await app.memories.open();
  await app.memories.refreshNow();
  app.documents.refresh();
  say(vscode.l10n.t("The memories are unlocked."));
}

/** Shows the recovery code once more. */
export async function showRecoveryCode({ encryption, memories }: App): Promise<void> {
  await memories.open();
  const code = await encryption.recoveryCode();
  if (code === undefined) {
    say(vscode.l10n.t("The memories are not encrypted, so there is no recovery code."));
    return;
  }
  await showCode(code, vscode.l10n.t("Close"));
}

/** Writes all files as plain text again. */
export async function decryptMemories(app: App): Promise<void> {
  await app.memories.open();
  if (app.encryption.state === "off") {
    say(vscode.l10n.t("The memories are not encrypted."));
    return;
  }
  const decrypt = vscode.l10n.t("Decrypt");
  const detail = vscode.l10n.t(
    "Their files become plain text again, which everybody can read who can read your files.",
  );
  const question = vscode.l10n.t("Decrypt all memories?");
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, decrypt);
  if (answer !== decrypt) return;
  const converted = await working(vscode.l10n.t("Decrypting memories"), (onProgress) =>
    app.encryption.turnOff(onProgress),
  );
  tellConverted(app, converted, vscode.l10n.t("The memories are plain files again."));
}

/** A sentence about a code that does not fit, or `undefined` if something else is wrong. */
function sentenceAboutCode(error: unknown): string | undefined {
  if (error instanceof MistypedCodeError)
    return vscode.l10n.t("This is not a recovery code: a letter or digit is missing or wrong.");
  if (error instanceof WrongCodeError)
    return vscode.l10n.t("This is the recovery code of other memories: it opens none of these.");
  return undefined;
}

/** True if the user pressed the button; in a modal dialog, since a document could be kept on disk. */
async function showCode(code: string, button: string): Promise<boolean> {
  const copy = vscode.l10n.t("Copy");
  const detail = [
    code,
    "",
    vscode.l10n.t(
      "Write this recovery code down, or keep it in a password manager. The editor keeps the key, but not every editor keeps it for ever: without key and code, nobody can read these memories again.",
    ),
  ].join("\n");
  for (;;) {
    const title = vscode.l10n.t("Recovery code of your memories");
    const answer = await vscode.window.showInformationMessage(
      title,
      { modal: true, detail },
      button,
      copy,
    );
    if (answer !== copy) return answer === button;
    await vscode.env.clipboard.writeText(code);
  }
}

function working(
  title: string,
  work: (onProgress: (share: number) => void) => Promise<Converted>,
): Thenable<Converted> {
  // Without a button to cancel: half of it would be neither the one nor the other.
  const options = { location: vscode.ProgressLocation.Notification, title };
  return vscode.window.withProgress(options, (progress) => {
    let shown = 0;
    return work((share) => {
      const percent = Math.floor(share * 100);
      if (percent <= shown) return;
      progress.report({ increment: percent - shown, message: `${percent} %` });
      shown = percent;
    });
  });
}

function tellConverted(
  { log }: App,
  { converted, left, problem }: Converted,
  sentence: string,
): void {
  log.info(`${converted} files changed between plain and encrypted, ${left} did not`);
  if (left === 0) {
    void vscode.window.showInformationMessage(sentence);
    return;
  }
  log.warn(problem ?? "unknown");
  void vscode.window.showWarningMessage(
    vscode.l10n.t(
      "{0} But {1} files could not be rewritten and are as they were; this is tried again by itself. The log says why.",
      sentence,
      left,
    ),
  );
}

function say(sentence: string): void {
  void vscode.window.showInformationMessage(sentence);
}

/** Says once that memories are locked, and for each key that is missing besides, and offers the way out. */
export class LockedNotice {
  #isShown = false;
  #isOtherMissing = false;

  /** Some memories need another key, or none does any more. */
  tellOther(isMissing: boolean): void {
    if (isMissing && !this.#isOtherMissing) {
      offerUnlocking(
        vscode.l10n.t(
          "Some memories are encrypted with another key that is not here. Its recovery code unlocks them.",
        ),
      );
    }
    this.#isOtherMissing = isMissing;
  }

  show(): void {
    if (this.#isShown) return;
    this.#isShown = true;
    offerUnlocking(
      vscode.l10n.t(
        "The memories are locked: they are encrypted, and the editor has lost the key. The recovery code unlocks them.",
      ),
    );
  }
}

/** Says that a key is missing, with a button that asks for the recovery code. */
function offerUnlocking(message: string): void {
  const unlock = vscode.l10n.t("Unlock Memories…");
  void vscode.window.showWarningMessage(message, unlock).then((answer) => {
    if (answer === unlock) void vscode.commands.executeCommand("recollect.unlock");
  });
}
