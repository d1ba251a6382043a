import * as vscode from "vscode";

type Handler = (request: Record<string, unknown>) => Promise<unknown>;

/** Wait between two looks into the folder. */
const INTERVAL_MS = 100;

const REQUEST = /^(.+)\.request\.json$/;

/**
 * Answers `<id>.request.json` with `<id>.response.json` in one folder.
 *
 * A folder is what a test and both kinds of extension host can all reach.
 */
export class Mailbox implements vscode.Disposable {
  readonly #folder: vscode.Uri;
  readonly #handlers: Readonly<Record<string, Handler>>;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #taken = new Set<string>();

  constructor(folder: vscode.Uri, handlers: Readonly<Record<string, Handler>>) {
    this.#folder = folder;
    this.#handlers = handlers;
    this.#timer = setInterval(() => void this.#look(), INTERVAL_MS);
  }

  dispose(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    const items = await vscode.workspace.fs.readDirectory(this.#folder);
    for (const [name] of items) {
      const id = REQUEST.exec(name)?.[1];
      if (id === undefined || this.#taken.has(id)) continue;
      this.#taken.add(id);
      void this.#answer(id, vscode.Uri.joinPath(this.#folder, name));
    }
  }

  async #answer(id: string, request: vscode.Uri): Promise<void> {
    const response = await this.#handle(request);
    const bytes = new TextEncoder().encode(JSON.stringify(response));
    await vscode.workspace.fs.writeFile(
      vscode.Uri.joinPath(this.#folder, `${id}.response.json`),
      bytes,
    );
  }

  async #handle(uri: vscode.Uri): Promise<{ value: unknown } | { error: string }> {
    try {
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      // Whoever starts after this host has ended is not to do the same again.
      await vscode.workspace.fs.delete(uri);
      const request = JSON.parse(text) as Record<string, unknown>;
      const handler = this.#handlers[String(request["do"])];
      if (handler === undefined) throw new Error(`nothing handles ${String(request["do"])}`);
      return { value: (await handler(request)) ?? null };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  }
}
