import assert from "node:assert/strict";
import { test } from "node:test";
import { KeptAnswers } from "../src/common/KeptAnswers.js";
import { RootCommits, type Beginning } from "../src/common/git/RootCommits.js";

/** A promise that the test settles. */
function promised<Value>(): { promise: Promise<Value>; resolve: (value: Value) => void } {
  let settle: ((value: Value) => void) | undefined;
  const promise = new Promise<Value>((resolve) => {
    settle = resolve;
  });
  return { promise, resolve: (value) => settle?.(value) };
}

/** Whoever waits for a promise that is settled has gone on by then. */
function laterTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** More than any test takes. */
const LONG_MS = 600_000;

void test("a long history is walked once, and only who asks first waits for it", async () => {
  const roots = new RootCommits(1);
  let walks = 0;
  const { promise, resolve } = promised<Beginning>();
  const walk = (): Promise<Beginning> => {
    walks += 1;
    return promise;
  };
  assert.equal(await roots.find("/shop/.git", walk), undefined);
  assert.equal(await roots.find("/shop/.git", walk), undefined);
  resolve({ hash: "c0ffee" });
  await laterTurn();
  assert.equal(await roots.find("/shop/.git", walk), "c0ffee");
  assert.equal(walks, 1);
});

void test("all who ask while a walk is short get what it finds", async () => {
  const roots = new RootCommits(LONG_MS);
  const { promise, resolve } = promised<Beginning>();
  const asked = [1, 2].map(() => roots.find("/shop/.git", () => promise));
  resolve({ hash: "c0ffee" });
  assert.deepEqual(await Promise.all(asked), ["c0ffee", "c0ffee"]);
});

void test("a repository is looked at again as long as it has no commit", async () => {
  const roots = new RootCommits(LONG_MS);
  assert.equal(await roots.find("/shop/.git", () => Promise.resolve("empty")), undefined);
  assert.equal(await roots.find("/shop/.git", () => Promise.resolve({ hash: "c0ffee" })), "c0ffee");
});

void test("a history that cannot be read is not walked for each question", async () => {
  const roots = new RootCommits(LONG_MS);
  const broken = (): Promise<never> => Promise.reject(new Error("no such object"));
  assert.equal(await roots.find("/shop/.git", broken), undefined);
  const again = (): Promise<never> => assert.fail("it is walked again");
  assert.equal(await roots.find("/shop/.git", again), undefined);
});

void test("an answer that is known is given at once, and a newer one the next time", async () => {
  const kept = new KeptAnswers<string>(-1);
  assert.equal(await kept.get("shop", () => Promise.resolve("first")), "first");
  const { promise, resolve } = promised<string>();
  assert.equal(await kept.get("shop", () => promise), "first");
  resolve("second");
  await laterTurn();
  assert.equal(await kept.get("shop", () => promise), "second");
  assert.equal(await kept.get("other", () => Promise.resolve("another")), "another");
});

void test("while an answer is fresh, or none newer comes, the earlier one stays", async () => {
  const fresh = new KeptAnswers<string>(LONG_MS);
  assert.equal(await fresh.get("shop", () => Promise.resolve("first")), "first");
  assert.equal(await fresh.get("shop", () => assert.fail("it is asked again")), "first");
  const old = new KeptAnswers<string>(-1);
  assert.equal(await old.get("shop", () => Promise.resolve("first")), "first");
  const failing = (): Promise<never> => Promise.reject(new Error("not now"));
  assert.equal(await old.get("shop", failing), "first");
  assert.equal(await old.get("shop", failing), "first");
});

void test("what fails the first time rejects, and is asked again", async () => {
  const kept = new KeptAnswers<string>(LONG_MS);
  await assert.rejects(
    kept.get("shop", () => Promise.reject(new Error("not now"))),
    /not now/,
  );
  assert.equal(await kept.get("shop", () => Promise.resolve("now")), "now");
});
