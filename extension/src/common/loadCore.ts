import { initSync, Recollect } from "recollect-wasm";

/** Randomness the module needs at each start, for names and ids that nobody else draws. */
const SEED_BYTES = 32;

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
