import * as vscode from "vscode";
import { atMost } from "../../common/text/atMost.js";
import {
  EditTally,
  editSentence,
  touchedSymbols,
  type EditSum,
  type FileSymbol,
} from "../../common/capture/EditTally.js";
import type { CaptureSink } from "./CaptureSink.js";
import { documentDetails, placeOf, type Place } from "./place.js";

/** Whoever types without a pause is looked at this often. */
const LONGEST_MS = 60_000;

/** Larger files are not asked for their symbols, which would take longer than an event may. */
const MAX_LINES = 5_000;

/** How long a language server may take to name the symbols. */
const SYMBOLS_MS = 1_000;

/** What is kept of one edit with its changed text, if that is kept at all. */
const MAX_TEXT = 4_096;

const FUNCTIONS = new Set([
  vscode.SymbolKind.Function,
  vscode.SymbolKind.Method,
  vscode.SymbolKind.Constructor,
]);

interface Editing {
  readonly place: Place;
  readonly tally: EditTally;
  readonly document: vscode.TextDocument;
  readonly since: number;
  lastAt: number;
  /** Whether it was ever unsaved. What was read again from the disk never is. */
  isUnsaved: boolean;
  timer: ReturnType<typeof setTimeout>;
}

/** Changes of files: how much and in which functions, once nothing changes for a moment. */
export function listenToEdits(sink: CaptureSink): vscode.Disposable {
  const editing = new Map<string, Editing>();

  const end = (key: string): Editing | undefined => {
    const edit = editing.get(key);
    editing.delete(key);
    clearTimeout(edit?.timer);
    return edit;
  };

  const takeNow = (key: string): void => {
    const edit = end(key);
    if (edit !== undefined) take(sink, edit, []);
  };

  const takeWithSymbols = async (key: string): Promise<void> => {
    const edit = end(key);
    if (edit?.isUnsaved !== true) return;
    const { sum } = edit.tally;
    const symbols = touchedSymbols(await symbolsOf(edit.document), sum.ranges);
    take(sink, edit, symbols);
  };

  const changed = ({ document, contentChanges }: vscode.TextDocumentChangeEvent): void => {
    const key = document.uri.toString();
    const begun = editing.get(key);
    // That a document is unsaved comes with the change, or after it as an event of its own.
    if (begun !== undefined && document.isDirty) begun.isUnsaved = true;
    if (contentChanges.length === 0) return;
    const place = placeOf(document.uri);
    if (place === undefined || !sink.isOn("edits", place.folder)) return;
    const now = Date.now();
    clearTimeout(begun?.timer);
    const since = begun?.since ?? now;
    const pauseMs = Math.min(sink.settings(place.folder).editPauseMs, since + LONGEST_MS - now);
    const timer = setTimeout(() => void takeWithSymbols(key), Math.max(0, pauseMs));
    const edit = begun ?? {
      ...{ place, document, since, timer },
      tally: new EditTally(),
      lastAt: now,
      isUnsaved: document.isDirty,
    };
    edit.timer = timer;
    edit.lastAt = now;
    editing.set(key, edit);
    for (const { range, rangeLength, text } of contentChanges) {
      const [startLine, endLine] = [range.start.line, range.end.line];
      edit.tally.add({ startLine, endLine, removed: rangeLength, text });
    }
  };

  const discard = (): void => {
    for (const key of [...editing.keys()]) end(key);
  };

  return vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(changed),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => takeNow(uri.toString())),
    // An edit comes before the save that ends it.
    vscode.workspace.onWillSaveTextDocument(({ document }) => {
      void takeWithSymbols(document.uri.toString());
    }),
    sink.onDiscard(discard),
    sink.onClose(() => {
      for (const key of [...editing.keys()]) takeNow(key);
    }),
    { dispose: discard },
  );
}

function take(sink: CaptureSink, edit: Editing, symbols: readonly FileSymbol[]): void {
  const { place, document, tally, lastAt, since } = edit;
  // It may have been switched off meanwhile.
  if (!edit.isUnsaved || !sink.isOn("edits", place.folder)) return;
  const { sum } = tally;
  const { charactersAdded, charactersRemoved, linesAdded, linesRemoved } = sum;
  const names = symbols.map(({ name }) => name);
  const functionName = symbols.find(({ isFunction }) => isFunction)?.name;
  const sentence = editSentence(sum, names);
  const hasText = sink.settings(place.folder).hasChangedText;
  sink.take(place.folder, {
    source: "edits",
    type: "code_edit",
    at: lastAt,
    file: place.path,
    maxLength: MAX_TEXT,
    content: hasText ? `${sentence}\n\n${changedText(document, sum)}` : sentence,
    metadata: {
      ...documentDetails(document),
      ...{ charactersAdded, charactersRemoved, linesAdded, linesRemoved },
      durationMs: lastAt - since,
      ...(names.length === 0 ? {} : { symbols: names }),
      ...(functionName === undefined ? {} : { function_name: functionName }),
    },
  });
}

function changedText(document: vscode.TextDocument, { ranges }: EditSum): string {
  const texts = ranges.map(({ first, last }) =>
    document.getText(new vscode.Range(first, 0, last + 1, 0)).trimEnd(),
  );
  return texts.join("\n");
}

/** Symbols of a document, if a language server names them soon enough. */
async function symbolsOf(document: vscode.TextDocument): Promise<FileSymbol[]> {
  if (document.lineCount > MAX_LINES) return [];
  let found: FileSymbol[] = [];
  const asked = vscode.commands.executeCommand(
    "vscode.executeDocumentSymbolProvider",
    document.uri,
  );
  const taken = Promise.resolve(asked).then(
    (symbols) => {
      // Symbols without a tree, as some servers give them, say too little of their extent.
      if (Array.isArray(symbols)) found = symbols.filter(isTree).map(fileSymbol);
    },
    () => undefined,
  );
  await atMost(taken, SYMBOLS_MS);
  return found;
}

function isTree(symbol: unknown): symbol is vscode.DocumentSymbol {
  return typeof symbol === "object" && symbol !== null && "children" in symbol;
}

function fileSymbol({ name, kind, range, children }: vscode.DocumentSymbol): FileSymbol {
  return {
    name,
    isFunction: FUNCTIONS.has(kind),
    range: { first: range.start.line, last: range.end.line },
    children: children.map(fileSymbol),
  };
}
