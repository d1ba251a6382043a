/** Tables and numbers of the report, in Markdown. */

/** A table whose first column holds words and whose others hold numbers. */
export function table(rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const [head = [], ...body] = rows;
  const rule = head.map((_, column) => (column === 0 ? "---" : "---:"));
  return [head, rule, ...body].map(line).join("\n");
}

export function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}

/** Milliseconds, with as many digits as say something. */
export function milliseconds(value: number): string {
  return value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0);
}

export function ratio(value: number, to: number): string {
  return `${(value / to).toFixed(2)} ×`;
}

export function thousands(count: number): string {
  return count.toLocaleString("en");
}
