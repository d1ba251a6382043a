import { megabytes, table, thousands } from "./tables.js";

/** What was measured of the search view over one size of store. */
export interface ViewFigures {
  memories: number;
  /** From the script's start to the frame with the first rows. */
  firstPaint: number;
  /** From a letter to the frame with its rows. */
  keystrokeP50: number;
  keystrokeP95: number;
  /** Of the page, after typing and scrolling to the end. */
  heapBytes: number;
  nodes: number;
}

/** The section about the search view. */
export function viewsSection(views: readonly ViewFigures[]): string {
  const lines: [string, (figures: ViewFigures) => string][] = [
    ["memories", (f) => thousands(f.memories)],
    ["until the first rows are shown", (f) => f.firstPaint.toFixed(0)],
    ["from a letter to its rows, p50", (f) => f.keystrokeP50.toFixed(0)],
    ["from a letter to its rows, p95", (f) => f.keystrokeP95.toFixed(0)],
    ["megabytes of the page's JavaScript, scrolled to the end", (f) => megabytes(f.heapBytes)],
    ["nodes of the page then", (f) => thousands(f.nodes)],
  ];
  return `## Search view

The view of the side bar in plain Chromium over a store that has been read; a letter waits 60 ms for the next before it is searched for.

${table(lines.map(([name, show]) => [name, ...views.map(show)]))}`;
}
