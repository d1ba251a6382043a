// Options of a command: `--name value`.

import { Refusal } from "./process.mjs";

/** The value of an option that takes a whole number, from 0. */
export function numberOption(name, otherwise) {
  const position = process.argv.indexOf(`--${name}`);
  if (position < 0) return otherwise;
  const text = process.argv[position + 1] ?? "";
  const value = Number(text);
  if (text === "" || !Number.isSafeInteger(value) || value < 0) {
    throw new Refusal(`--${name} takes a whole number, not “${text}”.`);
  }
  return value;
}
