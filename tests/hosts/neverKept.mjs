// What is never kept, in a real editor: secrets, private text and some files, whichever way they come in.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import {
  filesHolding,
  filesHoldingAny,
  waitUntilNothingHolds,
  waitUntilSomethingHolds,
} from "./folderSearch.mjs";
import { rememberByModel } from "./rememberByModel.mjs";
import { draw, drawKeyBlock, drawPrivateText, drawSecrets } from "./secretTexts.mjs";

/** How long a memory may take from its last key stroke until it is found. */
const FOUND_MS = 30_000;

/** What the editor itself keeps of a conversation; the extension has no say in it. */
const CONVERSATIONS = /\/(?:chatSessions|emptyWindowChatSessions|chatEditingSessions)\//;

/**
 * Registers the tests.
 *
 * @param {object} suite
 * @param {(behaviour: string, run: (t: import("node:test").TestContext) => Promise<void>) => void} suite.test
 * @param {() => import("./session.mjs").Session} suite.open The session that the tests share.
 * @param {(name: string) => Promise<string>} suite.picture
 */
export function neverKeptTests({ test, open, picture }) {
  const storage = () => join(open().dataDir, "User", "globalStorage", "recollect.recollect");
  const tool = (name, input) => open().request({ do: "invokeTool", name, input });

  /** Everything that must be on no disk, but for what was typed into the Chat view. */
  const hidden = [];
  /** What was typed into the Chat view. */
  const typedIntoChat = [];

  /** A subject, secrets of every kind about it, and texts with private parts. */
  const drawTexts = (subject, first, into = hidden) => {
    const secrets = drawSecrets(first);
    const line = `${subject} uses ${secrets.map(({ text }) => text).join(" then ")} daily`;
    const hushed = drawPrivateText(subject);
    into.push(...secrets.map((secret) => secret.hidden), ...hushed.hidden);
    return { secrets, line, hushed: hushed.text };
  };

  /** What a model sees of all memories about a subject, once there is one. */
  const read = async (subject) => {
    // That the editor says "Remembered." tells nothing where it said so just before of another text.
    for (const end = Date.now() + FOUND_MS; ;) {
      const index = await tool("recollect_memory_search", { query: subject });
      const ids = index
        .split("\n")
        .filter((line) => line.includes(" | ") && line.includes(subject))
        .map((line) => line.split(" | ")[0]);
      if (ids.length > 0)
        return { index, full: await tool("recollect_memory_get", { ids, maxTokens: 20_000 }) };
      assert.ok(Date.now() < end, index);
      await wait(200);
    }
  };

  /** Each secret is replaced by its marker, in the list and in the whole text, and the rest is there. */
  const assertKeptOut = async (subject, secrets, rest = []) => {
    const { index, full } = await read(subject);
    for (const { rule, hidden } of secrets) {
      assert.ok(full.includes(`[redacted:${rule}]`), `${rule} in ${full}`);
      assert.ok(!full.includes(hidden) && !index.includes(hidden), rule);
    }
    assert.ok(index.includes(`[redacted:${secrets[0].rule}]`), index);
    for (const word of rest) assert.ok(full.includes(word), `${word} in ${full}`);
    assertNothingPrivate(full + index);
  };

  const assertNothingPrivate = (text) => {
    const found = [...hidden, ...typedIntoChat].filter((word) => text.includes(word));
    assert.deepEqual(found, []);
  };

  /** What was said before is not taken for an answer. */
  const clearNotices = () => open().workbench.runCommand("Notifications: Clear All Notifications");

  const select = async () => {
    const { workbench } = open();
    await workbench.runCommand("View: Focus Active Editor Group");
    await workbench.page.keyboard.press("Control+A");
    await workbench.runCommand("Memory: Remember Selection");
    await workbench.answerWhy();
  };

  test("secrets and private text typed into the chat are not kept, and markers are found", async () => {
    const { workbench } = open();
    const { secrets, line, hushed } = drawTexts("Hellebore", 0, typedIntoChat);
    for (const text of [line, hushed])
      assert.match(await workbench.ask(`@memory /remember ${text}`, { why: "" }), /Remembered/);
    await assertKeptOut("Hellebore", secrets, ["daily", "keeps this", "no more"]);
    const answer = await workbench.ask("@memory /search Hellebore");
    await picture("redacted");
    assert.ok(answer.includes(`[redacted:${secrets[0].rule}]`), answer);
    assert.match(answer, /Hellebore keeps this/);
    assertNothingPrivate(answer);
  });

  test("secrets and private text in a selection are not kept", async () => {
    const { dataDir, workbench } = open();
    const { secrets, line, hushed } = drawTexts("Spikenard", 3);
    const block = drawKeyBlock();
    hidden.push(block.hidden);
    await clearNotices();
    await workbench.runCommand("File: New Untitled Text File");
    await workbench.typeIntoEditor(`${line}\n${block.text}\n${hushed}`);
    await select();
    await workbench.waitForText("Remembered.");
    await waitUntilSomethingHolds(join(dataDir, "User", "Backups"), "Spikenard");
    await workbench.discardEditor();
    // The editor itself keeps a copy of unsaved text until it notices that nobody wants it.
    await waitUntilNothingHolds(join(dataDir, "User", "Backups"), "Spikenard");
    await assertKeptOut("Spikenard", [...secrets, block], ["daily", "keeps this", "no more"]);
  });

  test("secrets and private text typed into Remember… are not kept", async () => {
    const { workbench } = open();
    const { secrets, line, hushed } = drawTexts("Valerian", 5);
    await clearNotices();
    await workbench.runCommand("Memory: Remember…");
    await workbench.fillQuickInput(`${line}. ${hushed}`);
    await workbench.page.keyboard.press("Enter");
    await workbench.waitForText("Remembered.");
    await assertKeptOut("Valerian", secrets, ["daily", "keeps this", "no more"]);
  });

  test("secrets and private text from a model are not kept, whichever field they are in", async () => {
    const { secrets, line, hushed } = drawTexts("Betony", 2);
    const block = drawKeyBlock();
    const [inTitle, inConcept, inPath] = drawSecrets(0);
    hidden.push(...[block, inTitle, inConcept, inPath].map((secret) => secret.hidden));
    const remembered = await rememberByModel(open(), {
      text: `${line}\n${block.text}\n${hushed}`,
      title: `Betony and ${inTitle.text}`,
      concepts: ["herbs", inConcept.text],
      file: `exports/${inPath.text}/betony.ts`,
    });
    assert.match(remembered, /Remembered with id/);
    await assertKeptOut(
      "Betony",
      [inTitle, ...secrets, block, inPath],
      ["daily", "keeps this", "no more", "/betony.ts"],
    );
  });

  test("secrets and private text in an imported file are not kept, whichever field they are in", async () => {
    const { repository, workbench } = open();
    const lines = importedLines();
    const file = join(repository, "foreign.jsonl");
    await writeFile(file, lines.texts.map((line) => `${JSON.stringify(line)}\n`).join(""));
    await workbench.runCommand("Notifications: Clear All Notifications");
    await workbench.runCommand("Memory: Import…");
    await workbench.quickPickRow("A file that Recollect exported").click();
    await workbench.choosePath(file);
    const sentence = await workbench.waitForText(/Imported \d+ record/);
    assert.match(sentence, new RegExp(`Imported ${lines.texts.length} records`));
    assert.match(sentence, new RegExp(`private text that was dropped: ${lines.texts.length}`));
    await assertKeptOut("Lovage", lines.secrets, ["daily", "keeps this", "no more", "/lovage.ts"]);
  });

  /** An observation with secrets in every field, an event with some in its details, and a value under a telling key. */
  const importedLines = () => {
    const { secrets, line, hushed } = drawTexts("Lovage", 4);
    const fields = drawSecrets(1);
    const [inTitle, inFact, inConcept, inPath, inContent, inDetails, inKey, inSession] = fields;
    const [named, keyed] = [draw(20), draw(20)];
    const quoted = drawPrivateText("Lovage");
    hidden.push(...fields.map((secret) => secret.hidden), ...quoted.hidden, named, keyed);
    const head = (kind) => ({
      id: randomUUID().replace(/^(.{14})4/, "$17"),
      k: kind,
      h: "0199f3a00000-0000-k3v9x0ab",
      at: Date.now(),
      project: { id: "example.org/herbs/lovage", name: "lovage" },
      src: "user",
      session: `session of ${inSession.text}`,
    });
    const texts = [
      {
        ...head("observation"),
        type: "decision",
        title: `Lovage and ${inTitle.text}`,
        narrative: `${line}\n${hushed}`,
        facts: [inFact.text],
        concepts: [inConcept.text],
        files_modified: [`exports/${inPath.text}/lovage.ts`],
      },
      {
        ...head("event"),
        type: "terminal",
        content: inContent.text,
        metadata: {
          environment: { password: named, list: [inDetails.text] },
          [inKey.text]: JSON.stringify({ note: quoted.text }),
        },
      },
      { ...head("fact"), key: "api_key", value: keyed },
    ];
    return { texts, secrets: [inTitle, ...secrets, inFact, inPath] };
  };

  test("secrets and private text in a commit's message are not kept", async () => {
    const { repository, workbench } = open();
    const { secrets, line, hushed } = drawTexts("Tormentil", 1);
    const author = ["-c", "user.name=Ann", "-c", "user.email=ann@mail.test"];
    const message = ["-m", line, "-m", hushed];
    const commit = ["commit", "--quiet", "--allow-empty", ...message];
    await promisify(execFile)("git", [...author, ...commit], { cwd: repository });
    await workbench.runCommand("Notifications: Clear All Notifications");
    await workbench.runCommand("Memory: Learn from Git History");
    // Capturing may have learned it already.
    await workbench.waitForText(/Learned [01] commit/, { timeoutMs: 120_000 });
    await assertKeptOut("Tormentil", secrets, ["daily", "keeps this", "no more"]);
  });

  test("nothing of a file with a telling name is kept, whoever asks", async () => {
    const { repository, workbench } = open();
    await writeFile(join(repository, ".env"), "GREETING=burnet from a file\n");
    await open().request({ do: "openFile", path: ".env" });
    await workbench.editorText("burnet");
    await select();
    await workbench.waitForText(/Nothing was remembered: .*of a file of which nothing is kept/);
    await picture("file-never-kept");
    await workbench.runCommand("View: Close All Editors");
    await workbench.page.waitForSelector(".part.editor .tab", { state: "detached" });
    const answer = await rememberByModel(open(), { text: "burnet by a model", file: "a/.env" });
    assert.match(answer, /its file is one of which nothing is kept/);
    assert.deepEqual(await filesHolding(storage(), "burnet"), []);
  });

  test("none of it is on disk", async (t) => {
    // What the editor keeps for itself it may write only when a window ends.
    await open().reload();
    const kept = await filesHoldingAny(storage(), ["Hellebore", "Spikenard", "Lovage"]);
    assert.ok(
      kept.some(({ path }) => path.endsWith(".seg")),
      "this looks into the right files",
    );
    const all = [...hidden, ...typedIntoChat];
    t.diagnostic(`${all.length} texts are looked for`);
    assert.deepEqual(await filesHoldingAny(storage(), all), []);
    const elsewhere = await filesHoldingAny(open().dataDir, all);
    for (const { path, texts } of elsewhere) {
      assert.match(path, CONVERSATIONS);
      for (const text of texts) assert.ok(typedIntoChat.includes(text), path);
    }
  });
}
