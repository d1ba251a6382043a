/** An object of a JSON text, whose fields nobody knows yet. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function textOf(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === "string" ? value : undefined;
}

/** The objects in a list. */
export function fieldsIn(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** A time as text or number; nothing for one that no agent can have written. */
export function timeOf(value: unknown): number | undefined {
  const at =
    typeof value === "string"
      ? Date.parse(value)
      : typeof value === "number"
        ? value < 1e11
          ? value * 1_000
          : value
        : Number.NaN;
  return at > 1e12 && at < 1e13 ? Math.floor(at) : undefined;
}
