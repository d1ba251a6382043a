import type { Person } from "./gitCommitObject.js";

/** Names that people want to be known by, as `gitmailmap(5)` describes the file. */
export type Mailmap = (person: Person) => string;

/** A line: names and addresses, of which the last are those that commits have. */
const LINE = /^([^<]*)<([^>]*)>(?:([^<]*)<([^>]*)>)?/;

/** Reads the text of a `.mailmap`. */
export function readMailmap(text: string): Mailmap {
  const names = new Map<string, string>();
  for (const line of text.split("\n")) {
    if (line.startsWith("#")) continue;
    const [, name = "", mail = "", oldName = "", oldMail] = LINE.exec(line) ?? [];
    const proper = name.trim();
    if (proper !== "") names.set(keyOf(oldName, oldMail ?? mail), proper);
  }
  return ({ name, mail }) => names.get(keyOf(name, mail)) ?? names.get(keyOf("", mail)) ?? name;
}

function keyOf(name: string, mail: string): string {
  return `${mail.trim().toLowerCase()}\n${name.trim().toLowerCase()}`;
}
