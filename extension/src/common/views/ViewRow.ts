/** What a click on a row opens. */
export type RowTarget =
  | { readonly kind: "memory"; readonly id: string }
  | { readonly kind: "session"; readonly key: string }
  | { readonly kind: "file"; readonly path: string };

/** What a row stands for; menus go by it. */
export type RowKind =
  | "memory"
  | "pinnedMemory"
  | "commit"
  | "pinnedCommit"
  | "proposal"
  | "session"
  | "file"
  | "group"
  | "text";

/** One row of a view, before an editor shows it. */
export interface ViewRow {
  /** The same for the same thing, so that what was unfolded stays so. */
  readonly key: string;
  readonly kind: RowKind;
  readonly label: string;
  /** Stands beside the label, dimmed. */
  readonly description?: string;
  readonly tooltip?: string;
  /** Name of one of the editor's own icons. */
  readonly icon?: string;
  readonly opens?: RowTarget;
  readonly isUnfolded?: boolean;
  /** Rows below it, made when it is unfolded. */
  readonly children?: () => Promise<readonly ViewRow[]>;
  /** What a screen reader says in place of label and description. */
  readonly spoken: string;
}
