// Texts that must not be kept, drawn at run time from pieces, so that no file of this repository holds a secret.

import { randomInt } from "node:crypto";

const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/**
 * @typedef {object} Secret
 * @property {string} rule What must stand in its place: `[redacted:<rule>]`.
 * @property {string} text How it stands in a text, on one line unless it is a key block.
 * @property {string} hidden The part that must be on no disk.
 */

/** How each kind is drawn; each is found by a rule of its own. */
const KINDS = [
  () => whole("github-token", ["gh", "p_"].join("") + draw(36)),
  () => whole("aws-access-key", ["AK", "IA"].join("") + draw(16, UPPER)),
  () => whole("stripe-key", ["sk", "live", draw(24)].join("_")),
  () => whole("anthropic-key", ["sk", "ant", "api03", draw(95)].join("-")),
  () => whole("google-api-key", ["AI", "za"].join("") + draw(35)),
  () => inside("jwt", (value) => `eyJ${draw(17)}.eyJ${draw(60)}.${value}`, 43),
  () => inside("webhook", (value) => `${HOOKS}/T0AB1CD2E/B0AB1CD2E/${value}`, 24),
  () => inside("authorization", (value) => `Authorization: Bearer ${value}`, 48),
  () => inside("url-password", (value) => `postgres://app:${value}@db.test:5432/app`, 14),
  () => inside("secret", (value) => `DB_PASSWORD=${value}`, 20),
];

const HOOKS = ["https://hooks.slack", ".com/services"].join("");

/** One new secret of each kind, beginning with another kind each time. */
export function drawSecrets(first = 0) {
  return KINDS.map((_, index) => KINDS[(first + index) % KINDS.length]());
}

/** A block as programs write private keys, over several lines. */
export function drawKeyBlock() {
  const label = ["PRIVATE", "KEY"].join(" ");
  const lines = [1, 2, 3].map(() => draw(64));
  const text = [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`].join("\n");
  return { rule: "private-key", text, hidden: lines[1] };
}

/**
 * A text with parts between privacy tags: closed, nested, escaped, and in the end not closed.
 *
 * @param {string} subject What the text is about; this and a little more stays.
 */
export function drawPrivateText(subject) {
  const [closed, outer, inner, tail, escaped, open] = Array.from({ length: 6 }, () => draw(16));
  const text = [
    `${subject} keeps this <private>${closed}</private>,`,
    `then <Private why="a>b">${outer} <private>${inner}</private> ${tail}</PRIVATE>`,
    `and \\u003cprivate\\u003e${escaped}\\u003c/private\\u003e that, no more <private>${open}`,
  ].join(" ");
  return { text, hidden: [closed, outer, inner, tail, escaped, open] };
}

/** Letters and digits, some of each, that stand nowhere else. */
export function draw(length, alphabet = ALNUM) {
  const some = alphabet === ALNUM ? "k7Q2" : "";
  const rest = Array.from(
    { length: length - some.length },
    () => alphabet[randomInt(alphabet.length)],
  );
  return some + rest.join("");
}

function whole(rule, text) {
  return { rule, text, hidden: text };
}

function inside(rule, put, length) {
  const hidden = draw(length);
  return { rule, text: put(hidden), hidden };
}
