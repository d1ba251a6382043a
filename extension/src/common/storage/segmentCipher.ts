/**
 * Encrypted segments:
 *
 * | bytes | what                                                                        |
 * | ----- | --------------------------------------------------------------------------- |
 * | 8     | `MEMENC1\n`                                                                 |
 * | 8     | id of the key                                                               |
 * | 12    | nonce, random, of this file alone                                           |
 * | rest  | the plain file under AES-256-GCM, the file's name as additional data, tag last |
 */
const MAGIC = new TextEncoder().encode("MEMENC1\n");
const KEY_ID_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = MAGIC.length + KEY_ID_BYTES + NONCE_BYTES;

/** The host's ciphers, which Node and browsers have in common. */
export type Ciphers = typeof crypto.subtle;

/** Length of a key in bytes. */
export const KEY_BYTES = 32;

/** A key, and the name that files know it by. */
export interface SegmentKey {
  /** 16 hexadecimal digits that follow from the key and do not lead back to it. */
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly secret: Awaited<ReturnType<Ciphers["importKey"]>>;
}

/** This host has no ciphers: a browser gives them only to pages that came over a safe connection. */
export class NoCipherError extends Error {
  override readonly name = "NoCipherError";

  constructor() {
    super("this page has no ciphers; they need a connection over https, or one to this machine");
  }
}

/** A new random key. */
export function newKey(): Promise<SegmentKey> {
  return keyOf(crypto.getRandomValues(new Uint8Array(KEY_BYTES)));
}

/** The key of these bytes. */
export async function keyOf(bytes: Uint8Array): Promise<SegmentKey> {
  if (bytes.length !== KEY_BYTES) throw new Error(`a key has ${KEY_BYTES} bytes`);
  const copy = new Uint8Array(bytes);
  const secret = await ciphers().importKey("raw", copy, "AES-GCM", false, ["encrypt", "decrypt"]);
  const purpose = new TextEncoder().encode("recollect key id\n");
  const digest = await ciphers().digest("SHA-256", joined(purpose, copy));
  return { id: hex(new Uint8Array(digest).subarray(0, KEY_ID_BYTES)), bytes: copy, secret };
}

/** The bytes of an encrypted file. `name` is the file's name, and the bytes open under no other. */
export async function seal(key: SegmentKey, name: string, plain: Uint8Array): Promise<Uint8Array> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const sealed = await ciphers().encrypt(
    parameters(name, nonce),
    key.secret,
    new Uint8Array(plain),
  );
  return joined(MAGIC, fromHex(key.id), nonce, new Uint8Array(sealed));
}

/** What {@link seal} was given, or `undefined` if the file is not what was written under this name. */
export async function open(
  key: SegmentKey,
  name: string,
  bytes: Uint8Array,
): Promise<Uint8Array | undefined> {
  if (keyIdOf(bytes) !== key.id) return undefined;
  const nonce = new Uint8Array(bytes.subarray(HEAD_BYTES - NONCE_BYTES, HEAD_BYTES));
  const sealed = new Uint8Array(bytes.subarray(HEAD_BYTES));
  try {
    return new Uint8Array(await ciphers().decrypt(parameters(name, nonce), key.secret, sealed));
  } catch (error) {
    // The one failure that means tampering or damage; anything else is the host's.
    if (error instanceof Error && error.name === "OperationError") return undefined;
    throw error;
  }
}

/** Id of the key of an encrypted file, or `undefined` if it is none. */
export function keyIdOf(bytes: Uint8Array): string | undefined {
  if (bytes.length < HEAD_BYTES + TAG_BYTES) return undefined;
  if (MAGIC.some((byte, at) => bytes[at] !== byte)) return undefined;
  return hex(bytes.subarray(MAGIC.length, MAGIC.length + KEY_ID_BYTES));
}

/** Bytes in hexadecimal digits. */
export function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The host's ciphers. */
export function ciphers(): Ciphers {
  // The type says that there always are some; a page over plain http has none.
  const { subtle } = crypto as { subtle?: Ciphers };
  if (subtle === undefined) throw new NoCipherError();
  return subtle;
}

function parameters(
  name: string,
  nonce: Uint8Array<ArrayBuffer>,
): Parameters<Ciphers["encrypt"]>[0] & { name: string } {
  return { name: "AES-GCM", iv: nonce, additionalData: new TextEncoder().encode(name) };
}

function fromHex(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
