import * as vscode from "vscode";
import type { Hit } from "recollect-wasm";
import { describe, type Log } from "../../common/Log.js";
import type { Memories } from "../../common/memories/Memories.js";
import { memoryCount } from "../../common/text/count.js";
import { escapeLine } from "../../common/text/markdown.js";
import { formatDate, oneLine } from "../../common/text/plainText.js";
import { fileHistory, symbolHistory } from "../../common/views/symbolHistory.js";
import type { Projects } from "../git/project.js";
import { presentation, trustedMarkdown } from "./presentation.js";

/** Memories that a hover lists. */
const HOVERED = 3;

/** Symbols that have a history of their own. */
const NAMED = new Set([
  ...[vscode.SymbolKind.Function, vscode.SymbolKind.Method, vscode.SymbolKind.Class],
  ...[vscode.SymbolKind.Interface, vscode.SymbolKind.Struct, vscode.SymbolKind.Enum],
]);

/** Says above symbols, and over their names, what is remembered of them; both are off by default. */
export class SymbolNotes
  implements vscode.CodeLensProvider, vscode.HoverProvider, vscode.Disposable
{
  readonly #memories: Memories;
  readonly #projects: Projects;
  readonly #log: Log;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  /** Of the file that was asked for last: it is asked for again at every key press. */
  #last: { readonly file: string; readonly history: Promise<readonly Hit[]> } | undefined;

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(memories: Memories, projects: Projects, log: Log) {
    this.#memories = memories;
    this.#projects = projects;
    this.#log = log;
    const selector: vscode.DocumentSelector = [{ scheme: "file" }, { scheme: "vscode-remote" }];
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.languages.registerCodeLensProvider(selector, this),
      vscode.languages.registerHoverProvider(selector, this),
      { dispose: memories.changes.listen(() => this.#forgetLast()) },
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration("recollect.editor")) this.#changed.fire();
      }),
    );
  }

  async provideCodeLenses(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeLens[]> {
    const file = this.#fileOf(document, "codeLens");
    if (file === undefined) return [];
    const symbols = await symbolsOf(document);
    if (token.isCancellationRequested || symbols.length === 0) return [];
    const found = await this.#historyOf(
      file,
      symbols.map(({ name }) => name),
    );
    return symbols.flatMap(({ name, selectionRange }) => {
      const hits = found.get(name);
      if (hits === undefined) return [];
      const [newest] = hits;
      return [
        new vscode.CodeLens(selectionRange, {
          title: memoryCount(hits.length, vscode.l10n),
          tooltip: oneLine(newest?.title ?? "", 120),
          command: "recollect.searchInView",
          arguments: [`file:${file} ${name}`],
        }),
      ];
    });
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    const file = this.#fileOf(document, "hover");
    const range = document.getWordRangeAtPosition(position);
    if (file === undefined || range === undefined) return undefined;
    const name = document.getText(range);
    const hits = (await this.#historyOf(file, [name])).get(name);
    if (hits === undefined) return undefined;
    const rows = hits.slice(0, HOVERED).map(({ id, title, at }) => {
      return `- [${escapeLine(title, 120)}](${presentation.link(id)}) · ${formatDate(at)}`;
    });
    const head = `$(history) ${memoryCount(hits.length, vscode.l10n)}`;
    const markdown = trustedMarkdown([head, "", ...rows].join("\n"));
    markdown.supportThemeIcons = true;
    return new vscode.Hover(markdown, range);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #forgetLast(): void {
    if (this.#last === undefined) return;
    this.#last = undefined;
    this.#changed.fire();
  }

  /** The file's name in memories, if its symbols are to be told of. */
  #fileOf({ uri }: vscode.TextDocument, what: "codeLens" | "hover"): string | undefined {
    const isOn = vscode.workspace.getConfiguration("recollect.editor", uri).get(what) === true;
    return isOn ? this.#projects.fileName(uri) : undefined;
  }

  async #historyOf(
    file: string,
    names: readonly string[],
  ): Promise<ReadonlyMap<string, readonly Hit[]>> {
    if (this.#last?.file !== file) this.#last = { file, history: this.#read(file) };
    return symbolHistory(await this.#last.history, names);
  }

  async #read(file: string): Promise<readonly Hit[]> {
    try {
      const projects = await this.#projects.ofWindow();
      return await fileHistory(this.#memories, { projects: projects.map(({ id }) => id), file });
    } catch (error) {
      // While the memories are locked there is nothing to tell.
      this.#log.debug(`symbols: ${describe(error)}`);
      return [];
    }
  }
}

/** The symbols of a file that have names of their own, also those in others. */
async function symbolsOf({ uri }: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
  const asked: unknown = await vscode.commands.executeCommand(
    "vscode.executeDocumentSymbolProvider",
    uri,
  );
  return Array.isArray(asked) ? asked.filter(isTree).flatMap(named) : [];
}

function named(symbol: vscode.DocumentSymbol): vscode.DocumentSymbol[] {
  const below = symbol.children.flatMap(named);
  return NAMED.has(symbol.kind) ? [symbol, ...below] : below;
}

function isTree(symbol: unknown): symbol is vscode.DocumentSymbol {
  return typeof symbol === "object" && symbol !== null && "children" in symbol;
}
