import * as vscode from "vscode";
import type { Memory } from "recollect-wasm";
import type { Memories } from "../../common/memories/Memories.js";
import { oneLine } from "../../common/text/plainText.js";
import { memoryMarkdown } from "../../common/recall/present.js";

/** Scheme of the read-only documents that show memories. */
export const MEMORY_SCHEME = "recollect";

/** Address of a memory's document. The title is only for the editor's tab; the id finds the memory. */
export function memoryUri(id: string, title: string): vscode.Uri {
  const name = oneLine(title, 60)
    .replace(/[\\/:*?"<>|#%]+/g, " ")
    .trim();
  return vscode.Uri.from({
    scheme: MEMORY_SCHEME,
    path: `/memory/${id}/${name === "" ? "memory" : name}.md`,
  });
}

/** Shows memories as read-only Markdown documents. */
export class MemoryDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #memories: Pick<Memories, "get">;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(memories: Pick<Memories, "get">) {
    this.#memories = memories;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(MEMORY_SCHEME, this);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const memory = await this.memoryAt(uri);
    return memory === undefined
      ? vscode.l10n.t("This is no longer remembered.")
      : memoryMarkdown(memory, vscode.l10n);
  }

  /** The memory that a document shows, if it shows one that is still remembered. */
  async memoryAt(uri: vscode.Uri): Promise<Memory | undefined> {
    const id = uri.scheme === MEMORY_SCHEME ? idIn(uri) : undefined;
    return id === undefined ? undefined : (await this.#memories.get([id]))[0];
  }

  /** Opens a memory; false if it is no longer remembered. */
  async open(id: string, preserveFocus = false): Promise<boolean> {
    const [memory] = await this.#memories.get([id]);
    if (memory === undefined) return false;
    const document = await vscode.workspace.openTextDocument(memoryUri(id, memory.title));
    await vscode.window.showTextDocument(document, { preview: true, preserveFocus });
    return true;
  }

  /** Shows anew what open documents say. */
  refresh(): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === MEMORY_SCHEME) this.#changed.fire(uri);
    }
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

function idIn(uri: vscode.Uri): string | undefined {
  return /^\/memory\/([^/]+)\//.exec(uri.path)?.[1];
}
