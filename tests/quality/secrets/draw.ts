/** Secrets that are drawn, the same at every run, so that no file holds one. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ALNUM = `${LETTERS}0123456789`;

/** The classes of the table of formats. */
const CLASSES: Readonly<Record<string, string>> = {
  digit: "0123456789",
  hex: "0123456789abcdef",
  upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
  alnum: ALNUM,
  word: `${ALNUM}_`,
  url: `${ALNUM}-_`,
  dotted: `${ALNUM}-_`,
  base64: `${ALNUM}+/`,
  any64: `${ALNUM}-_`,
};

/** One line of the table of formats. */
export interface Format {
  service: string;
  rule: string;
  example: string;
}

const TABLE = join(
  import.meta.dirname,
  "../../../crates/recollect-core/src/intake/privacy/secret/formats.txt",
);

export function readFormats(): Format[] {
  const lines = readFileSync(TABLE, "utf8").split("\n");
  return lines
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [service = "", rule = "", , example = ""] = line.split(" | ");
      return { service, rule, example };
    });
}

/** Mulberry32 by Tommy Ettinger. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  of(alphabet: string, length: number): string {
    return Array.from({ length }, () => alphabet[this.below(alphabet.length)]).join("");
  }

  /** An example of the table, with random characters where it says so. */
  example(text: string): string {
    return text.replaceAll(/\{(\d+) (\w+)\}/g, (_, count: string, name: string) =>
      this.of(CLASSES[name] ?? ALNUM, Number(count)),
    );
  }
}

const WORDS = "hunter summer dragon monkey welcome winter football falcon copper marble".split(" ");
const ENDS = ["1", "22", "123", "2024", "99!", "1!", "7$"];

/** Values as machines draw them and as people choose them. */
export const VALUES: Readonly<Record<string, (random: Random) => string>> = {
  "12 letters and digits": (random) => random.of(ALNUM, 12),
  "24 letters and digits": (random) => random.of(ALNUM, 24),
  "40 letters and digits": (random) => random.of(ALNUM, 40),
  "32 hexadecimal digits": (random) => random.of(CLASSES.hex ?? "", 32),
  "64 hexadecimal digits": (random) => random.of(CLASSES.hex ?? "", 64),
  Base64: (random) => `${random.of(CLASSES.base64 ?? "", 43)}=`,
  "43 characters of a URL": (random) => random.of(CLASSES.url ?? "", 43),
  "16 characters with signs": (random) => `${random.of(`${ALNUM}!@%^*_-+=.?`, 15)}k`,
  "618 characters": (random) => random.of(CLASSES.base64 ?? "", 618),
  UUID: (random) => [8, 4, 4, 4, 12].map((n) => random.of(CLASSES.hex ?? "", n)).join("-"),
};

/** A word with digits or signs, which only names of passwords make a secret. */
export function chosen(random: Random): string {
  const word = WORDS[random.below(WORDS.length)] ?? "";
  const cased = random.below(2) === 0 ? word : word.replace(/^./, (first) => first.toUpperCase());
  return cased + (ENDS[random.below(ENDS.length)] ?? "");
}

/** Where a value can stand. */
export const CONTEXTS = {
  environment: (name: string, value: string) => `${name}=${value}`,
  JSON: (name: string, value: string) => JSON.stringify({ [name]: value }),
  YAML: (name: string, value: string) =>
    /^[!*&%@?#-]/.test(value) ? `${name}: "${value}"` : `${name}: ${value}`,
  "URL query": (name: string, value: string) =>
    `https://host.test/p?${name}=${encodeURIComponent(value)}&x=1`,
  "command line": (name: string, value: string) =>
    /[^\w./=+-]/.test(value) ? `run --${name} '${value}' --yes` : `run --${name} ${value} --yes`,
} as const;

export type Context = keyof typeof CONTEXTS;

/** Names in the spelling of each context. */
export const NAMES: Readonly<Record<Context, readonly string[]>> = {
  environment:
    "DB_PASSWORD API_KEY AUTH_TOKEN CLIENT_SECRET DB_PASS ADMIN_PW SECRET_KEY ACCESS_TOKEN JWT_SECRET".split(
      " ",
    ),
  JSON: "password apiKey authToken clientSecret dbPass pw secretKey access_token api-key passwd".split(
    " ",
  ),
  YAML: "password api_key auth_token client-secret dbPass admin_pw secretKey passphrase token".split(
    " ",
  ),
  "URL query": "password api_key token client_secret pass access_token secret apikey auth".split(
    " ",
  ),
  "command line": "password api-key token client-secret db-pass access-token secret".split(" "),
};

export function isPasswordName(name: string): boolean {
  return /pass|pw|secret$/i.test(name);
}

/** Services whose keys carry no mark. */
export const SERVICES = "datadog heroku fastly mapbox algolia snyk okta twitch launchdarkly".split(
  " ",
);
