import type { Aspect, ObservationType, Range } from "recollect-wasm";

/** One part of a score: what it is called, its value, and how long its bar is, from 0 to 1. */
export interface WhyPart {
  readonly name: string;
  readonly value: string;
  readonly share: number;
}

/** One row of the search view. */
export interface SearchRow {
  readonly id: string;
  readonly title: string;
  readonly titleHighlights?: readonly Range[];
  readonly preview: string;
  readonly previewHighlights?: readonly Range[];
  /** Type, time and author, in one line. */
  readonly facts: string;
  readonly isPinned: boolean;
  /** Why it stands there; empty where rows stand in the order of time. */
  readonly why: readonly WhyPart[];
  /** Whether it only may be what was asked for. */
  readonly isNear: boolean;
}

/** A part of the question that was understood and can be taken away. */
export interface QuestionChip {
  readonly aspect: Aspect;
  readonly label: string;
}

/** Some rows of what was asked for. */
export interface SearchPage {
  readonly kind: "page";
  /** Number of the question that it answers. */
  readonly question: number;
  readonly offset: number;
  readonly rows: readonly SearchRow[];
  /** Rows that there are in all. */
  readonly total: number;
  readonly chips: readonly QuestionChip[];
  /** What is said above the rows, a sentence each. */
  readonly sentences: readonly string[];
  /** Whether nothing is remembered at all. */
  readonly isEmpty: boolean;
}

/** What the search view asks its host. */
export type SearchMessage =
  | { readonly do: "ready" }
  | {
      readonly do: "search";
      readonly question: number;
      readonly text: string;
      /** Conditions of the query language that chips stand for. */
      readonly filters: readonly string[];
      readonly without: readonly Aspect[];
      readonly offset: number;
    }
  | {
      readonly do: "activity";
      /** Whether files and sectors are shown too. */
      readonly isWhole: boolean;
    }
  | { readonly do: "open"; readonly id: string }
  | { readonly do: "run"; readonly command: string };

/** What can be pressed for its memories. */
export interface CountedMark {
  /** As a condition of the query language. */
  readonly filter: string;
  readonly label: string;
  readonly count: number;
}

/** How what is remembered spreads. */
export interface ActivityNews {
  readonly kind: "activity";
  /** The user's day, as in `2026-11-02`. */
  readonly today: string;
  /** Memories by day; one without any is left out. */
  readonly days: Readonly<Record<string, number>>;
  /** Files that most memories name. */
  readonly files: readonly CountedMark[];
  readonly sectors: readonly CountedMark[];
}

/** What the host tells the search view. */
export type SearchNews =
  | SearchPage
  | ActivityNews
  | { readonly kind: "changed" }
  | { readonly kind: "ask"; readonly text: string };

/** Something that a page can have done. */
export type PageAct =
  | { readonly do: "openMemory"; readonly id: string }
  | { readonly do: "openSession"; readonly key: string }
  | { readonly do: "openFile"; readonly path: string }
  | { readonly do: "openDiff"; readonly path: string; readonly commit: string }
  | { readonly do: "openWeb"; readonly address: string }
  | { readonly do: "pin"; readonly id: string; readonly isPinned: boolean }
  | { readonly do: "copy"; readonly id: string }
  | { readonly do: "timeline"; readonly id: string }
  | { readonly do: "forget"; readonly id: string }
  | { readonly do: "undoForget"; readonly id: string }
  | { readonly do: "keep"; readonly id: string }
  | { readonly do: "reject"; readonly id: string }
  | { readonly do: "markHarmless"; readonly id: string };

/** What somebody has written in place of what a memory said. */
export interface PageEdit {
  readonly do: "edit";
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly type: ObservationType;
}

export type PageMessage = { readonly do: "ready" } | PageAct | PageEdit;

/** A line of a page: what it is, and what a press does. */
export interface PageRow {
  readonly label: string;
  readonly description?: string;
  readonly act?: PageAct;
  /** Whether it belongs to the row above. */
  readonly isBelow?: boolean;
  /** A second thing to do with it. */
  readonly also?: { readonly label: string; readonly act: PageAct };
}

export type PageSection =
  | { readonly kind: "text"; readonly heading?: string; readonly text: string }
  /** A text as it stands, without any format. */
  | { readonly kind: "raw"; readonly heading?: string; readonly text: string }
  | { readonly kind: "rows"; readonly heading: string; readonly rows: readonly PageRow[] };

/** What a page shows: of a memory, or of a session. */
export interface Page {
  readonly title: string;
  readonly kindWord: string;
  /** Said above everything else. */
  readonly warnings: readonly string[];
  readonly facts: readonly PageRow[];
  readonly sections: readonly PageSection[];
  readonly actions: readonly { readonly label: string; readonly act: PageAct }[];
  /** Web address of a number such as `#123`, with `{0}` in its place. */
  readonly numberAddress?: string;
  /** What can be changed, if anything can. */
  readonly edit?: Omit<PageEdit, "do">;
}

export type PageNews =
  | {
      readonly kind: "page";
      readonly page: Page;
      /** Whether it is shown as a form. */
      readonly isEditing?: boolean;
      /** Whether it has what was typed into the form. */
      readonly isSaved?: boolean;
    }
  | { readonly kind: "gone" };
