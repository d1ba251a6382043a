import * as vscode from "vscode";
import type { Log } from "../../common/Log.js";
import { describe } from "../../common/Log.js";
import { MORE_KEY } from "../../common/views/listRows.js";
import type { RowTarget, ViewRow } from "../../common/views/ViewRow.js";
import type { CommandId } from "../../common/tools/contributions.js";

/** What a tree needs besides its rows. */
export interface RowTreeOptions {
  readonly log: Log;
  /** Command that shows more of a list. */
  readonly more: CommandId;
  /** Whether a memory is not to be shown. */
  readonly isHidden: (id: string) => boolean;
}

/** A view of rows that are made when it is looked at, and again when something has changed. */
export class RowTree implements vscode.TreeDataProvider<ViewRow>, vscode.Disposable {
  readonly view: vscode.TreeView<ViewRow>;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscriptions: vscode.Disposable;
  readonly #load: () => Promise<readonly ViewRow[]>;
  readonly #more: CommandId;
  readonly #viewId: string;
  readonly #isHidden: (id: string) => boolean;
  readonly #log: Log;
  #isStale = false;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    viewId: string,
    load: () => Promise<readonly ViewRow[]>,
    { log, more, isHidden }: RowTreeOptions,
  ) {
    this.#load = load;
    this.#log = log;
    this.#more = more;
    this.#isHidden = isHidden;
    this.#viewId = viewId;
    this.view = vscode.window.createTreeView(viewId, {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    const shown = this.view.onDidChangeVisibility(({ visible }) => {
      if (visible && this.#isStale) this.refresh();
    });
    this.#subscriptions = vscode.Disposable.from(this.view, shown, this.#changed);
  }

  /** Makes the rows anew, once somebody looks at them. */
  refresh(): void {
    this.#isStale = !this.view.visible;
    if (!this.#isStale) this.#changed.fire(undefined);
  }

  async getChildren(row?: ViewRow): Promise<ViewRow[]> {
    try {
      const rows = await (row === undefined ? this.#load() : (row.children?.() ?? []));
      return rows.filter(({ opens }) => opens?.kind !== "memory" || !this.#isHidden(opens.id));
    } catch (error) {
      // While the memories are locked the view says so itself.
      this.#log.debug(`a view could not be filled: ${describe(error)}`);
      return [];
    }
  }

  getTreeItem(row: ViewRow): vscode.TreeItem {
    const item = new vscode.TreeItem(row.label, collapsing(row));
    item.id = row.key;
    item.contextValue = row.kind;
    item.accessibilityInformation = { label: row.spoken };
    if (row.description !== undefined) item.description = row.description;
    item.tooltip = row.tooltip ?? row.label;
    if (row.icon !== undefined) item.iconPath = new vscode.ThemeIcon(row.icon);
    if (row.opens !== undefined) item.command = opening(row.opens);
    else if (row.key === MORE_KEY)
      item.command = { command: this.#more, title: row.label, arguments: [this.#viewId] };
    return item;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

function collapsing({ children, isUnfolded }: ViewRow): vscode.TreeItemCollapsibleState {
  if (children === undefined) return vscode.TreeItemCollapsibleState.None;
  return isUnfolded === true
    ? vscode.TreeItemCollapsibleState.Expanded
    : vscode.TreeItemCollapsibleState.Collapsed;
}

function opening(target: RowTarget): vscode.Command {
  const command = (id: CommandId, argument: string): vscode.Command => ({
    command: id,
    title: vscode.l10n.t("Open"),
    arguments: [argument],
  });
  switch (target.kind) {
    case "memory":
      return command("recollect.openMemoryPage", target.id);
    case "session":
      return command("recollect.openSession", target.key);
    case "file":
      return command("recollect.openFile", target.path);
  }
}
