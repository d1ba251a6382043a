import assert from "node:assert/strict";
import { looksLike, type Shape } from "./Shape.js";

/** Sends a request to the endpoints, wherever they are. */
export type Send = (method: string, path: string, body?: unknown) => Promise<Response>;

/** One request and what must come of it. Texts may name what was kept, such as `{session}`. */
export interface Step {
  readonly request: readonly [method: string, path: string, body?: unknown];
  readonly status?: number;
  /** What the JSON must look like. */
  readonly answer?: Shape;
  /** What the text must match, where it is no JSON. */
  readonly text?: RegExp;
  /** What the text must not match. */
  readonly textLacks?: RegExp;
  /** Keeps parts of the answer for later steps, under these names. */
  readonly keep?: (answer: never) => Record<string, string | number>;
}

/** Steps that build on one another, on memories of their own. */
export interface Case {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** Carries out a case. */
export async function carryOut(steps: readonly Step[], send: Send): Promise<void> {
  const kept: Record<string, string | number> = {};
  for (const { request, status = 200, answer, text, textLacks, keep } of steps) {
    const [method, path, body] = filled(request, kept) as [string, string, unknown];
    const response = await send(method, path, body);
    const received = await response.text();
    const about = `${method} ${path} gave ${response.status}: ${received.slice(0, 600)}`;
    assert.equal(response.status, status, about);
    if (text !== undefined) assert.match(received, text, about);
    if (textLacks !== undefined) assert.doesNotMatch(received, textLacks, about);
    if (answer === undefined && keep === undefined) continue;
    const json: unknown = JSON.parse(received);
    try {
      if (answer !== undefined) looksLike(json, filled(answer, kept) as Shape);
    } catch (error) {
      throw new Error(about, { cause: error });
    }
    Object.assign(kept, keep?.(json as never));
  }
}

/** The same value with what was kept in the place of its names. */
function filled(value: unknown, kept: Readonly<Record<string, string | number>>): unknown {
  if (typeof value === "string") {
    const whole = /^\{(\w+)\}$/.exec(value)?.[1];
    if (whole !== undefined && whole in kept) return kept[whole];
    return value.replace(/\{(\w+)\}/g, (all, name: string) => String(kept[name] ?? all));
  }
  if (Array.isArray(value)) return value.map((one) => filled(one, kept));
  if (typeof value !== "object" || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one, kept)]));
}
