import assert from "node:assert/strict";
import { test } from "node:test";
import { EncryptedSegmentStore } from "../src/common/storage/EncryptedSegmentStore.js";
import { Encryption } from "../src/common/storage/Encryption.js";
import { Keyring, LockedError } from "../src/common/storage/Keyring.js";
import { SegmentExistsError, type SegmentStore } from "../src/common/storage/SegmentStore.js";
import { LogLines } from "./openMemories.js";
import { Shared } from "./secrets.js";

/** The file that says that a folder is encrypted. */
const MARK = "0000000000-00000000-0000.enc";

/** Rules that can be broken on purpose; each must be noticed. */
type Mutant = "overlooks the mark" | "vouches for nothing" | "believes everything";

const SCHEDULES = Number(process.env["RECOLLECT_SCHEDULES"] ?? 150);

/** Numbers from 0 to 1 that follow from the seed. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

class KilledError extends Error {}

/** Files of a folder, and who of several processes may take the next step on them. */
class World {
  readonly files = new Map<string, Uint8Array>();
  readonly random: () => number;
  readonly #pending = new Map<string, () => void>();
  readonly #live = new Set<string>();
  readonly #dead = new Set<string>();

  constructor(seed: number) {
    this.random = seeded(seed);
  }

  /** The files as one process sees them: each operation waits for its turn. */
  storeOf(process: string, mutant?: Mutant): SegmentStore {
    const turn = async <Value>(work: () => Value): Promise<Value> => {
      await this.#turn(process);
      return work();
    };
    return {
      list: () => turn(() => [...this.files.keys()]),
      read: (name) =>
        turn(() =>
          mutant === "overlooks the mark" && name === MARK ? undefined : this.files.get(name),
        ),
      putNew: (name, bytes) =>
        turn(() => {
          const isList = name.startsWith("0000000000-") && name !== MARK;
          if (mutant === "vouches for nothing" && isList) return;
          if (this.files.has(name)) throw new SegmentExistsError(name);
          this.files.set(name, bytes);
        }),
      delete: (name) => turn(() => void this.files.delete(name)),
    };
  }

  isKilled(process: string): boolean {
    return this.#dead.has(process);
  }

  /** Runs processes until all have ended or been killed, one step of one of them at a time. */
  async run(
    processes: Readonly<Record<string, () => Promise<void>>>,
    kills: number,
  ): Promise<void> {
    const failures: unknown[] = [];
    for (const [name, work] of Object.entries(processes)) {
      this.#live.add(name);
      const ended = (): void => void this.#live.delete(name);
      void work().then(ended, (error: unknown) => {
        if (!(error instanceof KilledError)) failures.push(error);
        ended();
      });
    }
    while (this.#live.size > 0) {
      // Everybody who lives comes to the next operation on files; ciphers take their time.
      while ([...this.#live].some((name) => !this.#pending.has(name)))
        await new Promise((resolve) => setImmediate(resolve));
      const names = [...this.#pending.keys()].sort();
      const next = names[Math.floor(this.random() * names.length)];
      if (next === undefined) continue;
      if (this.random() < kills) this.#dead.add(next);
      const go = this.#pending.get(next);
      this.#pending.delete(next);
      go?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.deepEqual(failures, []);
  }

  async #turn(process: string): Promise<void> {
    if (!this.#live.has(process)) return;
    await new Promise<void>((resolve) => this.#pending.set(process, resolve));
    if (this.#dead.has(process)) throw new KilledError();
  }
}

/** What one process has of the folder. */
function processOf(world: World, name: string, shared: Shared, mutant?: Mutant) {
  const keyring = new Keyring(shared.secrets, shared.values, new LogLines());
  if (mutant === "believes everything" && name === "after")
    Object.defineProperty(keyring, "isBeginning", { get: () => keyring.isOn });
  const store = new EncryptedSegmentStore(world.storeOf(name, mutant), keyring);
  const bad = new EncryptedSegmentStore(inMemory(), keyring);
  const encryption = new Encryption({ keyring, folders: [store, bad], log: new LogLines() });
  return { keyring, store, encryption };
}

function inMemory(): SegmentStore {
  const files = new Map<string, Uint8Array>();
  return {
    list: () => Promise.resolve([...files.keys()]),
    read: (name) => Promise.resolve(files.get(name)),
    putNew: (name, bytes) => {
      files.set(name, bytes);
      return Promise.resolve();
    },
    delete: (name) => {
      files.delete(name);
      return Promise.resolve();
    },
  };
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const nameOf = (writer: string, number: number): string =>
  `01jd3m5k7a-${writer.padEnd(8, "0")}-${String(number).padStart(4, "0")}.seg`;

/**
 * An editor turns encryption on while another one and a server without the key write, and somebody
 * puts files there; any of them may be killed. Gives what is wrong afterwards, if anything.
 */
async function schedule(seed: number, mutant?: Mutant): Promise<string[]> {
  const world = new World(seed);
  const [shared, none] = [new Shared(), new Shared()];
  const acknowledged = new Map<string, string>();
  const refused = new Set<string>();
  for (const number of [1, 2]) {
    world.files.set(nameOf("before", number), bytesOf(`before ${number}`));
    acknowledged.set(nameOf("before", number), `before ${number}`);
  }
  const isMarked = (): boolean => world.files.has(MARK);
  const writer = (writing: string, secrets: Shared) => async (): Promise<void> => {
    const { store } = processOf(world, writing, secrets, mutant);
    for (let number = 1; number <= 3; number += 1) {
      const [name, text] = [nameOf(writing, number), `${writing} ${number}`];
      const wasMarked = isMarked();
      try {
        await store.putNew(name, bytesOf(text));
        acknowledged.set(name, text);
      } catch (error) {
        if (!(error instanceof LockedError)) throw error;
        if (wasMarked) refused.add(name);
      }
    }
  };
  const turner = async (): Promise<void> => {
    const { encryption } = processOf(world, "turner", shared, mutant);
    const offer = await encryption.offer();
    const { left, problem } = await encryption.turnOn(offer, offer.code);
    if (!world.isKilled("turner")) assert.equal(left, 0, problem);
  };
  const forged = new Set<string>();
  const attacker = async (): Promise<void> => {
    const files = world.storeOf("attacker");
    const { keyring } = processOf(world, "nobody", shared);
    for (let number = 1; number <= 6; number += 1) {
      const names = await files.list();
      await keyring.refresh();
      // Before encryption is on, whoever can write there is believed.
      if (!keyring.isOn || keyring.isBeginning) continue;
      const own = nameOf("forged", number);
      const beside = names.find((one) => one.endsWith(".enc") && !one.startsWith("00000"));
      const isBeside = beside !== undefined && world.random() < 0.5;
      const name = isBeside ? beside.replace(".enc", ".seg") : own;
      if (world.files.has(name)) continue;
      forged.add(`forged ${number}`);
      world.files.set(name, bytesOf(`forged ${number}`));
    }
  };
  const processes = {
    turner,
    other: writer("other", shared),
    server: writer("server", none),
    attacker,
  };
  await world.run(processes, 0.02);

  const wrong: string[] = [];
  if (shared.kept.size === 0) return wrong;
  const { store, encryption } = processOf(world, "after", shared, mutant);
  const listed = new Set(await store.list());
  const check = async (when: string): Promise<void> => {
    for (const [name, text] of acknowledged) {
      const bytes = await store.read(name);
      const found = bytes && new TextDecoder().decode(bytes);
      if (found !== text) wrong.push(`${when} ${name} is ${String(found)}`);
    }
    for (const name of await store.list()) {
      const text = new TextDecoder().decode(await store.read(name));
      if (forged.has(text)) wrong.push(`${when} ${name} is believed`);
      if (refused.has(name)) wrong.push(`${when} ${name} is there although it was refused`);
    }
  };
  for (const name of acknowledged.keys())
    if (!listed.has(name)) wrong.push(`${name} is not listed`);
  await check("at first");
  await encryption.convert();
  await check("in the end");
  const plain = [...world.files.keys()].filter((name) => name.endsWith(".seg"));
  if (plain.length > 0) wrong.push(`plain: ${plain.join(", ")}`);
  return wrong;
}

test(`${SCHEDULES} random schedules: encryption turned on while others write, plain files forged, processes killed`, async () => {
  for (let seed = 1; seed <= SCHEDULES; seed += 1)
    assert.deepEqual(await schedule(seed), [], `seed ${seed}`);
});

for (const mutant of [
  "overlooks the mark",
  "vouches for nothing",
  "believes everything",
] as const satisfies readonly Mutant[]) {
  test(`a process that ${mutant} is noticed`, async () => {
    for (let seed = 1; seed <= SCHEDULES; seed += 1)
      if ((await schedule(seed, mutant)).length > 0) return;
    assert.fail(`${SCHEDULES} schedules notice nothing`);
  });
}

/** Two windows turn encryption on and off while two others write. Gives what is wrong afterwards. */
async function changes(seed: number): Promise<string[]> {
  const world = new World(seed);
  const shared = new Shared();
  const acknowledged = new Map<string, string>();
  const writer = (writing: string) => async (): Promise<void> => {
    const { store } = processOf(world, writing, shared);
    for (let number = 1; number <= 4; number += 1) {
      const [name, text] = [nameOf(writing, number), `${writing} ${number}`];
      await store.putNew(name, bytesOf(text));
      acknowledged.set(name, text);
      await store.list();
    }
  };
  const turner = (name: string) => async (): Promise<void> => {
    const { encryption, store } = processOf(world, name, shared);
    for (let turn = 0; turn < 3; turn += 1) {
      await store.list();
      if (world.random() < 0.5) {
        const offer = await encryption.offer();
        await encryption.turnOn(offer, offer.code);
      } else await encryption.turnOff();
    }
  };
  const processes = {
    turner: turner("turner"),
    second: turner("second"),
    other: writer("other"),
    third: writer("third"),
  };
  await world.run(processes, 0);
  const wrong: string[] = [];
  const { store, encryption, keyring } = processOf(world, "after", shared);
  const check = async (when: string): Promise<void> => {
    const listed = new Set(await store.list());
    for (const [name, text] of acknowledged) {
      const bytes = listed.has(name) ? await store.read(name) : undefined;
      const found = bytes && new TextDecoder().decode(bytes);
      if (found !== text) wrong.push(`${when} ${name} is ${String(found)}`);
    }
  };
  await check("at first");
  await encryption.convert();
  await check("in the end");
  const other = keyring.isOn ? ".seg" : ".enc";
  const left = [...world.files.keys()].filter((name) => name.endsWith(other));
  if (left.length > 0) wrong.push(`not converted: ${left.join(", ")}`);
  return wrong;
}

test("encryption turned on and off in two windows at once loses nothing that others were told is saved", async () => {
  for (let seed = 1; seed <= SCHEDULES / 5; seed += 1)
    assert.deepEqual(await changes(seed), [], `seed ${seed}`);
});
