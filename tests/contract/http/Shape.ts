import assert from "node:assert/strict";

/**
 * What a value must look like: the value itself, a predicate with a name, a list whose every item
 * looks the same, or an object with exactly these fields.
 */
export type Shape =
  string | number | boolean | null | Is | readonly Shape[] | { readonly [field: string]: Shape };

/** A predicate that says what it wants. */
export class Is {
  constructor(
    readonly wanted: string,
    readonly accepts: (value: unknown) => boolean,
    /** Whether the field may be missing. */
    readonly isOptional = false,
  ) {}
}

export const text = new Is("a string", (value) => typeof value === "string");
export const number = new Is("a number", (value) => typeof value === "number");
export const boolean = new Is("a boolean", (value) => typeof value === "boolean");
export const id = new Is(
  "a whole number above 0",
  (value) => Number.isSafeInteger(value) && Number(value) > 0,
);
export const anything = new Is("anything", () => true);
export const millis = new Is(
  "Unix milliseconds of these years",
  (value) => Number.isSafeInteger(value) && Number(value) > 1e12 && Number(value) < 1e13,
);
export const uuid = new Is(
  "a UUIDv7",
  (value) => typeof value === "string" && /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]+$/.test(value),
);
export const isoTime = new Is(
  "an ISO 8601 time",
  (value) =>
    typeof value === "string" &&
    /^\d{4}-\d{2}-\d{2}T/.test(value) &&
    !Number.isNaN(Date.parse(value)),
);
export const texts = new Is(
  "a list of strings",
  (value) => Array.isArray(value) && value.every((one) => typeof one === "string"),
);
export const jsonTexts = new Is("a list of strings as JSON in a string", (value) => {
  if (typeof value !== "string") return false;
  return texts.accepts(JSON.parse(value));
});

export function optional(shape: Is): Is {
  return new Is(shape.wanted, shape.accepts, true);
}

export function matching(pattern: RegExp): Is {
  return new Is(String(pattern), (value) => typeof value === "string" && pattern.test(value));
}

/** A list of that many items, all of one shape. */
export function listOf(shape: Shape, length?: number): Is {
  return new Is(`a list of ${length ?? "some"}`, (value) => {
    assert.ok(Array.isArray(value), "a list");
    if (length !== undefined) assert.equal(value.length, length, "items of the list");
    for (const [index, item] of value.entries()) looksLike(item, shape, `[${index}]`);
    return true;
  });
}

/** Fails unless the value has that shape, and says where it has not. */
export function looksLike(value: unknown, shape: Shape, where = "answer"): void {
  if (shape instanceof Is) {
    assert.ok(shape.accepts(value), `${where} is ${JSON.stringify(value)}, not ${shape.wanted}`);
    return;
  }
  if (typeof shape !== "object" || shape === null) {
    assert.deepEqual(value, shape, where);
    return;
  }
  if (Array.isArray(shape)) {
    assert.ok(Array.isArray(value), `${where} is no list`);
    assert.equal(value.length, shape.length, `items of ${where}: ${JSON.stringify(value)}`);
    for (const [index, one] of shape.entries())
      looksLike(value[index], one as Shape, `${where}[${index}]`);
    return;
  }
  assert.ok(typeof value === "object" && value !== null, `${where} is no object`);
  const fields = value as Record<string, unknown>;
  const wanted = shape as Record<string, Shape>;
  for (const name of Object.keys(fields)) {
    assert.ok(Object.hasOwn(wanted, name), `${where}.${name} is not in the contract`);
  }
  for (const [name, one] of Object.entries(wanted)) {
    if (one instanceof Is && one.isOptional && !Object.hasOwn(fields, name)) continue;
    assert.ok(Object.hasOwn(fields, name), `${where}.${name} is missing`);
    looksLike(fields[name], one, `${where}.${name}`);
  }
}
