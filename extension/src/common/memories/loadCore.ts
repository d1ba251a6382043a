import { cacheSchema, initSync, Recollect, startAnew } from "recollect-wasm";
import { describe } from "../Log.js";

/** Randomness the module needs at each start, for names and ids that nobody else draws. */
const SEED_BYTES = 32;

/** The module has failed in a way that leaves nothing of it to be relied on; the next use opens it anew. */
export class ModuleFailedError extends Error {
  override readonly name = "ModuleFailedError";

  constructor(override readonly cause: unknown) {
    super(`the module failed and is opened anew: ${describe(cause)}`);
  }
}

/**
 * The index, with whoever calls it told of a trap: the module's memory may hold anything after one,
 * so `onTrap` is called and all that was opened in it must be given up.
 */
export function watched(core: Recollect, onTrap: () => void): Recollect {
  const guarded = <Value>(work: () => Value): Value => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "RuntimeError") throw error;
      startAnew();
      // The new instance is made by the next call, whose arguments would be put into the old one.
      cacheSchema();
      onTrap();
      throw new ModuleFailedError(error);
    }
  };
  return new Proxy(core, {
    get(target, name) {
      // What belongs to the class is called on it itself, which its fields need.
      const value = guarded((): unknown => Reflect.get(target, name, target));
      if (typeof value !== "function") return value;
      return (...values: unknown[]): unknown =>
        guarded((): unknown =>
          Reflect.apply(value as (...all: unknown[]) => unknown, target, values),
        );
    },
  });
}

/**
 * Starts the module and opens an empty index in it.
 *
 * `bytes` is the compiled module; finding it is the host's affair.
 * `app` is the extension's version, which segment headers name.
 */
export function loadCore(bytes: Uint8Array, app: string): Recollect {
  // Not by the way that waits: that asks whether this is a `Response`, for which Node loads all of
  // its `fetch`. A copy into a plain buffer, since what a host's file service returns may be a view
  // into a shared one.
  initSync({ module: new Uint8Array(bytes) });
  return new Recollect(crypto.getRandomValues(new Uint8Array(SEED_BYTES)), app);
}
