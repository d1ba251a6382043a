import assert from "node:assert/strict";
import { Recollect } from "recollect-wasm";

type Work = (...values: unknown[]) => unknown;

/** Puts other work in place of a method of the module, for every store; gives what undoes that. */
export function replaceMethod(
  method: "ingest" | "search" | "ask" | "append",
  replace: (store: Recollect, work: Work, values: unknown[]) => unknown,
): () => void {
  const own = Object.getOwnPropertyDescriptor(Recollect.prototype, method);
  assert.ok(own);
  const work = own.value as Work;
  Object.defineProperty(Recollect.prototype, method, {
    ...own,
    value(this: Recollect, ...values: unknown[]) {
      return replace(
        this,
        (...given) => Reflect.apply<Recollect, unknown[], unknown>(work, this, given),
        values,
      );
    },
  });
  return () => Object.defineProperty(Recollect.prototype, method, own);
}
