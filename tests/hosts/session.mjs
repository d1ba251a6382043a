// One editor with Recollect and the test model in one kind of extension host, on a clone of this repository.

import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openWorkbench } from "./browser.mjs";
import { extensionHost, startEditor } from "./editor.mjs";
import { cloneOwnRepository, ownRepository } from "./ownRepository.mjs";
import { MODEL_NAME, askEditor, packTestModel } from "./testModel.mjs";

/** How long both extensions may take to start on a busy machine. */
const ACTIVE_MS = 60_000;

/** How long a host that is running may take to answer. */
const ANSWER_MS = 5_000;

/** How wide the Chat view is made, in pixels, so that pictures of it are easy to read. */
const CHAT_WIDTH = 640;

/** An editor, a browser that shows it, and what both keep on disk; all in one folder that `close` removes. */
export class Session {
  #own;
  #editor;
  #start;

  /**
   * @param {"workspace" | "ui"} kind Which extension host to run in: Node, or the browser's worker.
   * @param {Readonly<Record<string, unknown>>} [settings] User settings besides the usual ones.
   * @param {(target: string) => Promise<unknown>} [make] Makes the repository that is opened; unless told, a clone of this one.
   * @param {string} [locale] Language that the extensions are told.
   */
  static async open(kind, settings = {}, make = cloneOwnRepository, locale = undefined) {
    const session = new Session();
    session.locale = locale;
    session.settings = settings;
    session.#own = await mkdtemp(join(tmpdir(), "recollect-hosts-"));
    session.kind = kind;
    session.repository = join(session.#own, "recollect");
    session.mailbox = join(session.#own, "mailbox");
    session.dataDir = join(session.#own, "data");
    try {
      await mkdir(session.mailbox);
      await make(session.repository);
      await session.#startWith([await packagedExtension(), await packTestModel()]);
    } catch (error) {
      await session.close();
      throw error;
    }
    return session;
  }

  /** Asks the test extension in the running editor. */
  async request(request) {
    return askEditor(this.mailbox, request);
  }

  /** Reloads the window, as a new extension host on the same storage. */
  async reload() {
    await this.workbench.reload();
    await this.#waitUntilActive();
  }

  /** Waits until the extensions run after a reload that was begun elsewhere. */
  async hasReloaded() {
    await this.#waitUntilActive();
  }

  /** Kills the process that the extensions run in, while they work, and opens the window again. */
  async kill(pid) {
    if (pid === undefined) {
      await this.workbench.crash();
      await this.#waitUntilActive();
    } else {
      process.kill(pid, "SIGKILL");
      await this.reload();
    }
  }

  /**
   * Another window of the same editor in the same browser: another folder, a host of its own, the same storage.
   *
   * @param {string} name
   */
  async openWindow(name) {
    const folder = join(this.#own, name);
    const mailbox = join(this.#own, `${name}-mailbox`);
    await mkdir(join(folder, ".vscode"), { recursive: true });
    await mkdir(mailbox, { recursive: true });
    await writeFile(
      join(folder, ".vscode", "settings.json"),
      JSON.stringify({ "recollectTest.mailbox": mailbox }),
    );
    return this.#openAnother(folder, mailbox);
  }

  /** Another window, on a folder that the test extension makes up and no disk has. */
  async openVirtualWindow() {
    const mailbox = `${this.mailbox}-virtual`;
    await mkdir(mailbox, { recursive: true });
    return this.#openAnother("recollect-test:/project", mailbox);
  }

  async #openAnother(folder, mailbox) {
    const url = new URL(this.#editor.url);
    url.searchParams.set("folder", folder);
    const workbench = await this.workbench.openAnother(url.href);
    await untilActive(mailbox, undefined, this.#editor);
    return {
      workbench,
      request: (request) => askEditor(mailbox, request),
      close: () => workbench.close(),
    };
  }

  /** Ends the editor and the browser and starts both again: same storage, but nothing kept by the browser. */
  async restart() {
    await this.#stop();
    await this.#startWith([]);
  }

  /** Ends everything and removes every trace. */
  async close() {
    await this.#stop();
    await rm(this.#own, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  async #startWith(vsixes) {
    this.#editor = await startEditor({
      folder: this.repository,
      vsixes,
      userDataDir: this.dataDir,
      extensionsDir: join(this.#own, "extensions"),
      settings: {
        ...extensionHost(this.kind),
        // Most tests count what they have stored themselves.
        "recollect.git.learnAutomatically": false,
        ...this.settings,
        "recollectTest.mailbox": this.mailbox,
      },
      ...(this.locale === undefined ? {} : { locale: this.locale }),
    });
    this.workbench = await openWorkbench({ url: this.#editor.url });
    await this.#waitUntilActive();
    // In Restricted Mode, and without AI features, the editor has no Chat view.
    if (this.settings["security.workspace.trust.enabled"] === true) return;
    if (this.settings["chat.disableAIFeatures"] === true) return;
    await this.workbench.openChat({ model: MODEL_NAME });
    await this.workbench.widenChat(CHAT_WIDTH);
  }

  async #waitUntilActive() {
    this.#start = await untilActive(this.mailbox, this.#start, this.#editor);
  }

  async #stop() {
    await this.workbench?.close();
    this.workbench = undefined;
    await this.#editor?.stop();
    this.#editor = undefined;
  }
}

/** Waits until both extensions run in another start of the extension host than the one before, and returns which. */
async function untilActive(mailbox, before, editor) {
  for (const end = Date.now() + ACTIVE_MS; Date.now() < end;) {
    // A host that is being ended may take a question without an answer.
    const report = await askEditor(mailbox, { do: "report" }, ANSWER_MS).catch(() => undefined);
    // Right after a reload the old host may still answer.
    if (report !== undefined && report.start !== before && report.recollect?.isActive === true)
      return report.start;
    await new Promise((settle) => setTimeout(settle, 100));
  }
  throw new Error(`Recollect was not active within ${ACTIVE_MS / 1000} s:\n${editor.output()}`);
}

/** The package that `npm run package` makes; `RECOLLECT_VSIX` names another one. */
async function packagedExtension() {
  if (process.env.RECOLLECT_VSIX !== undefined) return process.env.RECOLLECT_VSIX;
  const { version } = JSON.parse(
    await readFile(join(ownRepository, "extension", "package.json"), "utf8"),
  );
  return join(ownRepository, "extension", `recollect-${version}.vsix`);
}
