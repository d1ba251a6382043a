import assert from "node:assert/strict";
import { test } from "node:test";
import { ENGLISH } from "../src/common/Localize.js";
import { understoodPart } from "../src/common/recall/understanding.js";
import { timeSpan } from "../src/common/recall/timeSpan.js";
import { refusal, ruleProblem, timeWords } from "../src/common/text/coreWords.js";
import { note, openMemories, origin } from "./openMemories.js";
import { germanWords } from "./plainWords.js";
import { temporaryFolder } from "./temporaryFolder.js";

test("a time that was understood is told in the user's language", async () => {
  const memories = openMemories(await temporaryFolder());
  const now = Date.UTC(2026, 10, 30, 12);
  const told = async (text: string): Promise<string[]> => {
    const { understood } = await memories.ask({ text, now, projects: [origin.project.id] });
    return understood.map((part) => understoodPart(part, germanWords));
  };
  assert.deepEqual(await told("what happened in July 2026?"), [
    "in July 2026 (2026-07-01 bis 2026-07-31)",
  ]);
  assert.deepEqual(await told("what changed since 1 June 2026?"), [
    "since 1 June 2026 (seit 2026-06-01)",
  ]);
  assert.equal(timeWords("before 2026-06-01", ENGLISH), "before 2026-06-01");
  assert.equal(timeWords("2026-06-01", germanWords), "2026-06-01");
});

test("a span of months names them in the language of the sentence", () => {
  const [from, to] = [new Date(2026, 0, 5).getTime(), new Date(2026, 9, 5).getTime()];
  assert.equal(timeSpan(from, to, germanWords), "Januar bis Oktober 2026");
  assert.equal(timeSpan(from, to, ENGLISH), "January to October 2026");
});

test("why a text or a rule is refused is told in the user's language", async () => {
  const problems: string[] = [];
  const memories = openMemories(await temporaryFolder(), {
    privacyRules: () => ({ patterns: ["(", "[a-z]{1,400}9", "a*"] }),
    onRuleProblems: (found) => problems.push(...found),
  });
  const reason = async (text: string): Promise<string> => {
    const error: unknown = await memories.remember(note(text)).catch((error: unknown) => error);
    assert.ok(error instanceof Error);
    return refusal(error.message, germanWords);
  };
  assert.equal(await reason("  "), "der Text ist leer");
  assert.match(
    await reason("kettle ".repeat(20_000)),
    /^er hat 136[.]7 KB, mehr als die 64[.]0 KB, die behalten werden$/,
  );
  assert.deepEqual(
    problems.map((problem) => ruleProblem(problem, germanWords)),
    [
      "Muster 1 ist kein regulärer Ausdruck (found open group without closing ')')",
      "Muster 2 würde für manche Texte zu lange brauchen: es ist lang oder wiederholt zu viel",
      "Muster 3 passt auf einen leeren Text",
    ],
  );
});
