import assert from "node:assert/strict";
import { test } from "node:test";
import { beginsWithOne, withoutElements } from "../src/common/import/typed.js";

test("elements of the names go with what they hold, others and what has no end stay", () => {
  const text = "a<x>1</x><y>2</y> <x>no end <z>3</z> b <y>4</y>c<x>5";
  assert.equal(withoutElements(text, ["x", "y"]), "a <x>no end <z>3</z> b c<x>5");
  assert.equal(withoutElements("<x></x>", ["x"]), "");
  assert.equal(withoutElements("a < b > c", ["x"]), "a < b > c");
});

test("an element ends at the first end of its own name", () => {
  assert.equal(withoutElements("<x>1</y><x>2</x>3</x>", ["x", "y"]), "3</x>");
});

test("a beginning is looked for after blanks", () => {
  assert.ok(beginsWithOne("\n  <tag>", ["no", "<tag"]));
  assert.ok(!beginsWithOne("a <tag>", ["<tag"]));
});
