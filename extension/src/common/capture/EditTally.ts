/** One change of a text, in lines from 0 and UTF-16 code units. */
export interface TextChange {
  readonly startLine: number;
  readonly endLine: number;
  /** Code units that were there before. */
  readonly removed: number;
  readonly text: string;
}

/** What several changes of one file come to. */
export interface EditSum {
  readonly charactersAdded: number;
  readonly charactersRemoved: number;
  readonly linesAdded: number;
  readonly linesRemoved: number;
  /** Lines that were touched, from 0 as they are numbered now, none overlapping another. */
  readonly ranges: readonly LineRange[];
}

export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** Ranges that are told apart; more are taken together. */
const MAX_RANGES = 16;

/** Adds up the changes of one file. */
export class EditTally {
  #charactersAdded = 0;
  #charactersRemoved = 0;
  #linesAdded = 0;
  #linesRemoved = 0;
  #ranges: LineRange[] = [];

  add({ startLine, endLine, removed, text }: TextChange): void {
    const added = lineBreaks(text);
    const gone = endLine - startLine;
    this.#charactersAdded += text.length;
    this.#charactersRemoved += removed;
    this.#linesAdded += added;
    this.#linesRemoved += gone;
    const shift = added - gone;
    const moved = this.#ranges.map(({ first, last }) => ({
      first: first > endLine ? first + shift : Math.min(first, startLine + added),
      last: last > endLine ? last + shift : Math.min(last, startLine + added),
    }));
    this.#ranges = merged([...moved, { first: startLine, last: startLine + added }]);
  }

  get sum(): EditSum {
    return {
      charactersAdded: this.#charactersAdded,
      charactersRemoved: this.#charactersRemoved,
      linesAdded: this.#linesAdded,
      linesRemoved: this.#linesRemoved,
      ranges: this.#ranges,
    };
  }
}

/** A symbol of a file: a function, a class, with what is in it. */
export interface FileSymbol {
  readonly name: string;
  readonly isFunction: boolean;
  readonly range: LineRange;
  readonly children: readonly FileSymbol[];
}

const MAX_SYMBOLS = 8;

/** The innermost symbols that touched lines lie in, in the order of the file. */
export function touchedSymbols(
  symbols: readonly FileSymbol[],
  ranges: readonly LineRange[],
): FileSymbol[] {
  return symbols
    .flatMap((symbol): FileSymbol[] => {
      const touched = ranges.filter((range) => overlaps(range, symbol.range));
      if (touched.length === 0) return [];
      const inner = touchedSymbols(symbol.children, touched);
      return inner.length > 0 ? inner : [symbol];
    })
    .slice(0, MAX_SYMBOLS);
}

/** What was changed, in words for the memory's text. */
export function editSentence(sum: EditSum, symbols: readonly string[]): string {
  const { linesAdded, linesRemoved, charactersAdded, charactersRemoved } = sum;
  const size =
    linesAdded + linesRemoved > 0
      ? `${counted(linesAdded, "line")} added, ${linesRemoved} removed`
      : `${counted(charactersAdded, "character")} added, ${charactersRemoved} removed`;
  return symbols.length === 0 ? size : `${size} in ${symbols.join(", ")}`;
}

function counted(count: number, unit: string): string {
  return `${count} ${count === 1 ? unit : `${unit}s`}`;
}

function overlaps(a: LineRange, b: LineRange): boolean {
  return a.first <= b.last && b.first <= a.last;
}

function merged(ranges: LineRange[]): LineRange[] {
  const sorted = ranges.sort((a, b) => a.first - b.first);
  const result: { first: number; last: number }[] = [];
  for (const range of sorted) {
    const last = result.at(-1);
    const isFull = result.length >= MAX_RANGES;
    if (last !== undefined && (isFull || range.first <= last.last + 1))
      last.last = Math.max(last.last, range.last);
    else result.push({ ...range });
  }
  return result;
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
