import { unzlibSync } from "fflate";

/** What an object of a repository is. */
export type ObjectType = "commit" | "tree" | "blob" | "tag";

/** An object of a repository, unpacked. */
export interface GitObject {
  readonly type: ObjectType;
  readonly data: Uint8Array;
}

/** Larger objects are no commits, trees or tags that anybody has made by hand. */
const MAX_OBJECT_BYTES = 64 * 1024 * 1024;

/** Deltas that lead to one object, at most; git itself makes chains of 50, or of 250 when asked. */
const MAX_CHAIN = 10_000;

/** Bytes of unpacked objects that are kept as bases of deltas: neighbours in a history share them. */
const MAX_KEPT_BYTES = 48 * 1024 * 1024;

const TYPES: Readonly<Record<number, ObjectType>> = { 1: "commit", 2: "tree", 3: "blob", 4: "tag" };
const OFFSET_DELTA = 6;
const HASH_DELTA = 7;

/** Begins the index of a pack since version 2; version 1 begins with its table. */
const INDEX_MAGIC = 0xff744f63;
const FAN_OUT_BYTES = 256 * 4;

/** The index of a pack: where in the pack each object begins. See `gitformat-pack(5)`. */
export class GitPackIndex {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #hashBytes: number;
  readonly #version: number;
  readonly #count: number;

  constructor(bytes: Uint8Array, hashBytes: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#hashBytes = hashBytes;
    this.#version = this.#view.getUint32(0) === INDEX_MAGIC ? this.#view.getUint32(4) : 1;
    if (this.#version > 2) throw new Error(`a pack's index of version ${this.#version}`);
    this.#count = this.#view.getUint32(this.#fanOut + FAN_OUT_BYTES - 4);
  }

  /** Where the object with this hash begins, if the pack holds it. */
  find(hash: Uint8Array): number | undefined {
    const [first = 0] = hash;
    let low = first === 0 ? 0 : this.#view.getUint32(this.#fanOut + 4 * (first - 1));
    let high = this.#view.getUint32(this.#fanOut + 4 * first);
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = this.#compare(middle, hash);
      if (order === 0) return this.#offset(middle);
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return undefined;
  }

  get #fanOut(): number {
    return this.#version === 1 ? 0 : 8;
  }

  get #table(): number {
    return this.#fanOut + FAN_OUT_BYTES;
  }

  #compare(index: number, hash: Uint8Array): number {
    const start =
      this.#version === 1
        ? this.#table + index * (4 + this.#hashBytes) + 4
        : this.#table + index * this.#hashBytes;
    for (let at = 0; at < this.#hashBytes; at += 1) {
      const difference = (this.#bytes[start + at] ?? 0) - (hash[at] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  #offset(index: number): number {
    if (this.#version === 1)
      return this.#view.getUint32(this.#table + index * (4 + this.#hashBytes));
    // Between the hashes and the offsets stands a checksum for each object.
    const offsets = this.#table + this.#count * (this.#hashBytes + 4);
    const offset = this.#view.getUint32(offsets + 4 * index);
    if (offset < 0x80000000) return offset;
    const far = offsets + 4 * this.#count + 8 * (offset - 0x80000000);
    return Number(this.#view.getBigUint64(far));
  }
}

/** A pack of objects, of which most are told as deltas to others. */
export class GitPack {
  readonly #bytes: Uint8Array;
  readonly #index: GitPackIndex;
  readonly #hashBytes: number;
  readonly #kept = new KeptObjects();

  constructor(bytes: Uint8Array, index: GitPackIndex, hashBytes: number) {
    this.#bytes = bytes;
    this.#index = index;
    this.#hashBytes = hashBytes;
  }

  /** The object that begins here. */
  objectAt(offset: number): GitObject {
    const deltas: { readonly offset: number; readonly delta: Uint8Array }[] = [];
    let at = offset;
    let object = this.#kept.get(at);
    while (object === undefined) {
      const entry = this.#entryAt(at);
      if (entry.base === undefined) {
        object = { type: entry.type, data: entry.data };
        this.#kept.set(at, object);
        break;
      }
      if (deltas.length === MAX_CHAIN) throw new Error("a chain of deltas without an end");
      deltas.push({ offset: at, delta: entry.data });
      at = entry.base;
      object = this.#kept.get(at);
    }
    for (const { offset: made, delta } of deltas.reverse()) {
      object = { type: object.type, data: applyDelta(object.data, delta) };
      this.#kept.set(made, object);
    }
    return object;
  }

  #entryAt(
    offset: number,
  ):
    | { readonly data: Uint8Array; readonly type: ObjectType; readonly base?: undefined }
    | { readonly data: Uint8Array; readonly base: number } {
    const bytes = this.#bytes;
    let at = offset;
    let byte = byteOf(bytes, at++);
    const kind = (byte >> 4) & 7;
    let size = byte & 15;
    for (let factor = 16; byte >= 0x80; factor *= 128) {
      byte = byteOf(bytes, at++);
      size += (byte & 0x7f) * factor;
    }
    const type = TYPES[kind];
    if (type !== undefined) return { type, data: inflate(bytes, at, size) };
    if (kind === HASH_DELTA) {
      const base = this.#index.find(bytes.subarray(at, at + this.#hashBytes));
      if (base === undefined) throw new Error("a delta to an object that is not in its pack");
      return { base, data: inflate(bytes, at + this.#hashBytes, size) };
    }
    if (kind !== OFFSET_DELTA) throw new Error("an object of a kind that no pack has");
    byte = byteOf(bytes, at++);
    let distance = byte & 0x7f;
    while (byte >= 0x80) {
      byte = byteOf(bytes, at++);
      distance = (distance + 1) * 128 + (byte & 0x7f);
    }
    if (distance > offset) throw new Error("a delta to what stands before its pack");
    return { base: offset - distance, data: inflate(bytes, at, size) };
  }
}

/** An object that is a file of its own. */
export function looseObject(bytes: Uint8Array): GitObject {
  const data = unzlibSync(bytes);
  const end = data.indexOf(0);
  const [type = "", size = ""] = new TextDecoder().decode(data.subarray(0, end)).split(" ");
  if (end < 0 || !isObjectType(type) || Number(size) !== data.length - end - 1)
    throw new Error("a file that holds no object");
  return { type, data: data.subarray(end + 1) };
}

function isObjectType(text: string): text is ObjectType {
  return Object.values<string>(TYPES).includes(text);
}

function inflate(bytes: Uint8Array, start: number, size: number): Uint8Array {
  if (size > MAX_OBJECT_BYTES) throw new Error(`an object of ${size} bytes`);
  // The pack does not say where the packed bytes end; they do.
  return unzlibSync(bytes.subarray(start), { out: new Uint8Array(size) });
}

/** What a delta makes of its base: pieces of the base, and pieces that it brings along. */
function applyDelta(base: Uint8Array, delta: Uint8Array): Uint8Array {
  let at = 0;
  const readSize = (): number => {
    let size = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = byteOf(delta, at++);
      size += (byte & 0x7f) * factor;
      if (byte < 0x80) return size;
    }
  };
  if (readSize() !== base.length) throw new Error("a delta to another object");
  const size = readSize();
  if (size > MAX_OBJECT_BYTES) throw new Error(`an object of ${size} bytes`);
  const made = new Uint8Array(size);
  let end = 0;
  while (at < delta.length) {
    const command = byteOf(delta, at++);
    let piece: Uint8Array;
    if (command >= 0x80) {
      let offset = 0;
      let length = 0;
      for (let bit = 0; bit < 4; bit += 1)
        if (command & (1 << bit)) offset += byteOf(delta, at++) * 256 ** bit;
      for (let bit = 0; bit < 3; bit += 1)
        if (command & (16 << bit)) length += byteOf(delta, at++) * 256 ** bit;
      if (length === 0) length = 0x10000;
      piece = base.subarray(offset, offset + length);
      if (piece.length < length) throw new Error("a delta that reads past its base");
    } else {
      piece = delta.subarray(at, at + command);
      at += command;
    }
    if (command === 0 || end + piece.length > size) throw new Error("a delta that makes no sense");
    made.set(piece, end);
    end += piece.length;
  }
  if (end !== size) throw new Error("a delta that makes too little");
  return made;
}

function byteOf(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new Error("a pack that ends too early");
  return byte;
}

/** Objects of a pack by where they begin, those that were used lately. */
class KeptObjects {
  readonly #objects = new Map<number, GitObject>();
  #bytes = 0;

  get(offset: number): GitObject | undefined {
    return this.#objects.get(offset);
  }

  set(offset: number, object: GitObject): void {
    this.#objects.set(offset, object);
    this.#bytes += object.data.length;
    // A map goes through its keys in the order they came, so the first one is the oldest.
    for (const [oldest, { data }] of this.#objects) {
      if (this.#bytes <= MAX_KEPT_BYTES || oldest === offset) break;
      this.#objects.delete(oldest);
      this.#bytes -= data.length;
    }
  }
}
