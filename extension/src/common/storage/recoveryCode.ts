import { ciphers, KEY_BYTES } from "./segmentCipher.js";

/** Digits and letters without those that look alike: I, L, O and U are missing. */
const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BITS_PER_DIGIT = 5;

/** Enough that a slip of the pen passes once in 16 million times; key and checksum fill the groups. */
const CHECKSUM_BYTES = 3;
const CODE_DIGITS = ((KEY_BYTES + CHECKSUM_BYTES) * 8) / BITS_PER_DIGIT;
const GROUP_DIGITS = 4;

/** What was typed is not a recovery code: a digit is missing or wrong. */
export class MistypedCodeError extends Error {
  override readonly name = "MistypedCodeError";

  constructor() {
    super("not a recovery code");
  }
}

/** A key as people can write it down: 14 groups of 4 digits and letters, the last ones a checksum. */
export async function recoveryCode(key: Uint8Array): Promise<string> {
  const bytes = [...key, ...(await checksum(key))];
  let digits = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    held += 8;
    while (held >= BITS_PER_DIGIT) {
      held -= BITS_PER_DIGIT;
      digits += DIGITS.charAt(bits >>> held);
      bits &= (1 << held) - 1;
    }
  }
  const groups: string[] = [];
  for (let begin = 0; begin < digits.length; begin += GROUP_DIGITS) {
    groups.push(digits.slice(begin, begin + GROUP_DIGITS));
  }
  return groups.join("-");
}

/** The key that a code stands for, however it was typed; rejects with {@link MistypedCodeError}. */
export async function keyInCode(typed: string): Promise<Uint8Array> {
  const digits = typed.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  if (digits.length !== CODE_DIGITS) throw new MistypedCodeError();
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const digit of digits) {
    const value = DIGITS.indexOf(digit);
    if (value === -1) throw new MistypedCodeError();
    bits = (bits << BITS_PER_DIGIT) | value;
    held += BITS_PER_DIGIT;
    if (held < 8) continue;
    held -= 8;
    bytes.push(bits >>> held);
    bits &= (1 << held) - 1;
  }
  const key = Uint8Array.from(bytes.slice(0, KEY_BYTES));
  const expected = await checksum(key);
  if (expected.some((byte, at) => byte !== bytes[KEY_BYTES + at])) throw new MistypedCodeError();
  return key;
}

async function checksum(key: Uint8Array): Promise<Uint8Array> {
  const digest = await ciphers().digest("SHA-256", new Uint8Array(key));
  return new Uint8Array(digest).subarray(0, CHECKSUM_BYTES);
}
