// What Recollect captures by itself in a real VS Code, in both kinds of extension host, and what it does not.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, it } from "node:test";
import { promisify } from "node:util";
import { inEachHost } from "./eachHost.mjs";
import { filesHolding } from "./folderSearch.mjs";
import { Session } from "./session.mjs";

/** How long what happened may take to be on disk: edits count once nothing changed for 2 s. */
const STORED_MS = 20_000;

const TASKS = {
  version: "2.0.0",
  tasks: [
    {
      label: "unit tests",
      type: "shell",
      command: "test -f mended.txt",
      group: "test",
      problemMatcher: [],
    },
  ],
};

inEachHost("capture", suite);

function suite(kind, host) {
  /** @type {Session} */
  let session;
  const storage = () => join(session.dataDir, "User", "globalStorage", "recollect.recollect");
  const file = (...path) => join(session.repository, ...path);
  const run = (id, ...args) => session.request({ do: "runCommand", id, args });
  const git = (...args) =>
    promisify(execFile)("git", ["-c", "user.name=Ann", "-c", "user.email=ann@mail.test", ...args], {
      cwd: session.repository,
    });

  /** Tells an endpoint something, as a client does. */
  const ask = async (path, body) => {
    const answer = await session.request({ do: "ask", method: "POST", path, body });
    assert.equal(answer.status, 200, JSON.stringify(answer));
  };

  before(async () => {
    session = await Session.open(kind);
    await mkdir(file(".vscode"), { recursive: true });
    await writeFile(file(".vscode", "tasks.json"), JSON.stringify(TASKS));
    await mkdir(file("work"), { recursive: true });
    const code = "export function balance() {\n  return 1;\n}\n";
    for (const name of ["ledger.js", "private.js", "paused.js", "off.js"])
      await writeFile(file("work", name), code);
    await writeFile(file("work", ".gitignore"), "zanthoxylum*\n");
    await writeFile(file("work", "zanthoxylum.js"), code);
    await writeFile(file("work", ".env.zanthoxylum"), "A=1\n");
  });

  after(() => session?.close());

  /** Records on disk, oldest first. */
  const records = async () => {
    const folder = join(storage(), "mem1", "seg");
    const names = await readdir(folder).catch(() => []);
    const texts = await Promise.all(
      names.map((name) => readFile(join(folder, name), "utf8").catch(() => "")),
    );
    return texts
      .flatMap((text) => text.split("\n"))
      .filter((line) => line.includes('"id"'))
      .map((line) => JSON.parse(line.slice(9)))
      .sort((a, b) => a.at - b.at);
  };

  /** Waits until a record is on disk for which `isWanted` says yes, and returns it. */
  const recorded = async (isWanted) => {
    for (const end = Date.now() + STORED_MS; ;) {
      const found = (await records()).find(isWanted);
      if (found !== undefined) return found;
      if (Date.now() > end) {
        const events = (await records()).map(({ k, type, file, metadata }) =>
          JSON.stringify({ k, type, file, metadata }),
        );
        assert.fail(`not recorded; there are:\n${events.join("\n")}`);
      }
      await new Promise((settle) => setTimeout(settle, 200));
    }
  };
  const event = (type, about = () => true) =>
    recorded((record) => record.k === "event" && record.type === type && about(record));
  /** Waits until a file is there. */
  const fileToBe = async (name) => {
    for (const end = Date.now() + STORED_MS; ;) {
      const isThere = await readFile(file(name)).then(
        () => true,
        () => false,
      );
      if (isThere) return;
      assert.ok(Date.now() < end, `${name} is not there`);
      await new Promise((settle) => setTimeout(settle, 100));
    }
  };
  const aboutLedger = ({ file }) => file === "work/ledger.js";

  /** Opens, edits, saves and closes a file. */
  const workOn = async (path) => {
    await session.request({ do: "openFile", path });
    await session.request({ do: "insert", path, line: 1, text: "  // more\n" });
    await run("workbench.action.files.saveAll");
    await run("workbench.action.closeAllEditors");
  };

  it("files that are opened, edited, saved and closed", async () => {
    await session.request({ do: "openFile", path: "work/ledger.js" });
    const opened = await event("file_open", aboutLedger);
    assert.equal(opened.metadata.language, "javascript");
    assert.equal(opened.metadata.project, "recollect");
    assert.equal(opened.src, "tool");
    await session.request({
      ...{ do: "insert", path: "work/ledger.js", line: 1 },
      text: "  // Counted on Mondays.\n",
    });
    const edited = await event("code_edit", aboutLedger);
    assert.equal(edited.metadata.linesAdded, 1);
    assert.doesNotMatch(JSON.stringify(edited), /Mondays/);
    await run("workbench.action.files.saveAll");
    await event("file_save", aboutLedger);
    await run("workbench.action.closeAllEditors");
    await event("file_close", aboutLedger);
    const context = await recorded(
      ({ k, item }) => k === "context" && item?.file?.path === "work/ledger.js",
    );
    assert.equal(context.session, opened.session);
    const [begun] = (await records()).filter(({ k }) => k === "session");
    assert.equal(begun.session, opened.session);
    assert.equal(begun.source, "vscode");
  });

  it("an edit with the symbol that it touches, where a language server knows it", async () => {
    await writeFile(
      file("work", "plan.md"),
      "# Plan\n\n## Ledger\n\nBalance it.\n\n## Later\n\nRest.\n",
    );
    await session.request({ do: "openFile", path: "work/plan.md" });
    // The server starts with the first file of its language.
    await session.request({ do: "symbols", path: "work/plan.md" });
    await session.request({ do: "insert", path: "work/plan.md", line: 4, text: "Again. " });
    const edited = await event("code_edit", (record) => record.file === "work/plan.md");
    assert.deepEqual(edited.metadata.symbols, ["## Ledger"]);
    await run("workbench.action.files.saveAll");
    await run("workbench.action.closeAllEditors");
  });

  it("an error that appears, and that it is gone after an edit", async () => {
    await session.request({ do: "openFile", path: "work/ledger.js" });
    const message = "balance is not defined";
    await session.request({ do: "reportError", path: "work/ledger.js", message });
    const error = await event("error", aboutLedger);
    assert.equal(error.metadata.error, message);
    await session.request({ do: "insert", path: "work/ledger.js", line: 1, text: "\n" });
    await event("code_edit", ({ at }) => at > error.at);
    await session.request({ do: "reportError", path: "work/ledger.js" });
    const gone = await event("error", ({ metadata }) => metadata.passed === true);
    assert.equal(gone.metadata.error, message);
    await run("workbench.action.files.saveAll");
    await run("workbench.action.closeAllEditors");
  });

  it("a test task that fails, and passes", async () => {
    await run("workbench.action.tasks.runTask", "unit tests");
    const failed = await event("test_run");
    assert.equal(failed.metadata.task, "unit tests");
    assert.equal(failed.metadata.exitCode, 1);
    assert.equal(failed.metadata.test_status, "failed");
    await session.request({ do: "openFile", path: "work/ledger.js" });
    await session.request({ do: "insert", path: "work/ledger.js", line: 2, text: "  // Right.\n" });
    await run("workbench.action.files.saveAll");
    await event("code_edit", (record) => aboutLedger(record) && record.at > failed.at);
    await writeFile(file("mended.txt"), "");
    await run("workbench.action.tasks.runTask", "unit tests");
    const passed = await event("test_run", ({ metadata }) => metadata.exitCode === 0);
    assert.equal(passed.metadata.test_status, "passed");
    // A task's terminal tells of its command too.
    const told = (await records()).filter(({ content }) => content?.includes("mended.txt"));
    assert.deepEqual(told, []);
  });

  it("a command in a terminal, without the name of an ignored file", async () => {
    await session.request({
      do: "runInTerminal",
      text: "wc -l work/ledger.js work/zanthoxylum.js",
    });
    const ran = await event("terminal_command", ({ content }) => content.startsWith("wc"));
    assert.equal(ran.metadata.command, "wc -l work/ledger.js …");
    assert.equal(ran.metadata.exitCode, 0);
  });

  it("a commit, a switch of branches, and a merge", async () => {
    await git("add", "work/ledger.js");
    await git("commit", "--quiet", "-m", "Balance the ledger on Mondays");
    const commit = await event("git_commit");
    assert.match(commit.content, /Balance the ledger/);
    assert.deepEqual(commit.metadata.files, ["work/ledger.js"]);
    await git("switch", "--quiet", "--create", "topic");
    const switched = await event("git_checkout");
    assert.equal(switched.metadata.branch, "topic");
    await git("commit", "--quiet", "--allow-empty", "-m", "Count on the topic");
    await event("git_commit", ({ content }) => content === "Count on the topic");
    await git("switch", "--quiet", "-");
    await event("git_checkout", ({ metadata }) => metadata.from === "topic");
    await git("merge", "--quiet", "--no-ff", "-m", "Take the topic in", "topic");
    const merge = await event("git_merge");
    assert.equal(merge.content, "Take the topic in");
  });

  it("debugging that begins and ends", async () => {
    await session.request({ do: "debug", name: "Balance by steps" });
    const begun = await event("debug_start");
    assert.equal(begun.metadata.debugger, "recollect-test");
    assert.equal(begun.content, "Balance by steps");
    const ended = await event("debug_stop");
    assert.ok(ended.metadata.durationMs >= 0);
  });

  it("the text of an edit, if the user wants that", async () => {
    const setting = (value) =>
      session.request({ do: "setting", section: "recollect.capture", name: "changedText", value });
    const edit = async (text) => {
      const since = Date.now();
      await session.request({ do: "insert", path: "work/ledger.js", line: 1, text });
      await run("workbench.action.files.saveAll");
      return event("code_edit", (record) => aboutLedger(record) && record.at >= since);
    };
    await setting(true);
    try {
      assert.match((await edit("  // On Tuesdays.\n")).content, /\/\/ On Tuesdays\./);
    } finally {
      await setting(undefined);
    }
    assert.doesNotMatch(JSON.stringify(await edit("  // On Fridays.\n")), /Fridays/);
    await run("workbench.action.closeAllEditors");
  });

  it("nothing in a private session", async () => {
    await session.workbench.runCommand("Memory: Start Private Session");
    await workOn("work/private.js");
    await session.request({ do: "debug", name: "Whisper by steps" });
    // It ends after the private session.
    const whisper = "until [ -f over.txt ]; do sleep 0.1; done; echo Whisper; touch whispered.txt";
    await session.request({ do: "runInTerminal", text: whisper });
    await git("commit", "--quiet", "--allow-empty", "-m", "Whisper privately");
    await session.workbench.runCommand("Memory: End Private Session");
    const since = Date.now();
    await writeFile(file("over.txt"), "");
    await workOn("work/ledger.js");
    await event("file_close", ({ at }) => at >= since);
    await fileToBe("whispered.txt");
    await session.request({ do: "runInTerminal", text: "echo aloud" });
    await event("terminal_command", ({ content }) => content.includes("aloud"));
    await git("commit", "--quiet", "--allow-empty", "-m", "Speak up");
    await event("git_commit", ({ content }) => content === "Speak up");
    const told = (await records()).filter((record) =>
      /Whisper|private\.js/.test(JSON.stringify(record)),
    );
    assert.deepEqual(told, []);
    for (const text of ["private.js", "Whisper"])
      assert.deepEqual(await filesHolding(storage(), text), [], text);
  });

  it("nothing while recording is paused", async () => {
    await session.workbench.runCommand("Memory: Pause in This Workspace");
    await workOn("work/paused.js");
    await new Promise((settle) => setTimeout(settle, 3_000));
    await session.workbench.runCommand("Memory: Resume in This Workspace");
    await workOn("work/ledger.js");
    await event("file_close", ({ at }) => at > Date.now() - 5_000);
    assert.deepEqual(await filesHolding(storage(), "paused.js"), []);
  });

  it("nothing of a source that is switched off", async () => {
    const setting = (value) =>
      session.request({ do: "setting", section: "recollect.capture", name: "files", value });
    await setting(false);
    try {
      await workOn("work/off.js");
      // Edits are still on.
      await event("code_edit", ({ file }) => file === "work/off.js");
    } finally {
      await setting(undefined);
    }
    const types = (await records())
      .filter(({ k, file }) => k === "event" && file === "work/off.js")
      .map(({ type }) => type);
    assert.deepEqual(types, ["code_edit"]);
  });

  it("no trace of an ignored file, nor of one of which nothing is kept", async () => {
    for (const path of ["work/zanthoxylum.js", "work/.env.zanthoxylum"]) await workOn(path);
    await git("add", "--force", "work");
    await git("commit", "--quiet", "-m", "Keep everything");
    const commit = await event("git_commit", ({ content }) => content === "Keep everything");
    assert.ok(commit.metadata.files.includes("work/paused.js"));
    await workOn("work/ledger.js");
    const since = Date.now() - 5_000;
    await event("code_edit", (record) => aboutLedger(record) && record.at > since);
    assert.deepEqual(await filesHolding(storage(), "zanthoxylum"), []);
  });

  it("the session under way is a memory that tells of its commits", async () => {
    const [begun] = (await records()).filter(({ k }) => k === "session");
    await recorded(
      ({ k, session: key, completed = "" }) =>
        k === "summary" && key === begun.session && completed.includes("Balance the ledger"),
    );
    const answer = await session.workbench.ask("@memory /recent");
    await session.workbench.screenshot(`${host}-recent`);
    assert.match(answer, /fixed the failing unit tests/);
    const last = await session.workbench.ask("@memory /session today");
    await session.workbench.screenshot(`${host}-session-today`);
    assert.match(last, /Tests run: 2, failed: 1/);
    assert.match(last, /Committed: Balance the ledger on Mondays/);
  });

  it("/session tells of it, and the status menu what is captured", async () => {
    const answer = await session.workbench.ask("@memory /session");
    await session.workbench.screenshot(`${host}-session`);
    assert.match(answer, /Session in recollect/);
    assert.match(answer, /Tests run: 2, failed: 1/);
    assert.match(answer, /work\/ledger\.js/);
    assert.match(answer, /Balance the ledger on Mondays/);
    await session.workbench.runCommand("Memory: Status and Switches…");
    await session.workbench
      .quickPickRow("It captures by itself: files opened and saved, edits")
      .waitFor();
    await session.workbench.closeQuickInput();
  });

  it("what a model reads in full counts as recalled, with the next thing that is kept", async () => {
    const input = { query: "type:git_commit Balance the ledger" };
    const listed = await session.request({
      do: "invokeTool",
      name: "recollect_memory_search",
      input,
    });
    const [id] = /^[0-9a-f-]{8,36}(?= \| )/m.exec(listed) ?? [];
    assert.ok(id, listed);
    await session.request({ do: "invokeTool", name: "recollect_memory_get", input: { ids: [id] } });
    await workOn("work/ledger.js");
    await recorded(({ k, uses }) => k === "use" && uses.some(({ of }) => of.startsWith(id)));
  });

  it("/patterns tells of what recurs over sessions", async () => {
    for (let day = 0; day < 8; day += 1) {
      const files = day % 2 ? ["README.md", `src/${day}.ts`] : ["src/schema.sql", "src/types.ts"];
      const about = { session_id: `day ${day}`, metadata: { project: "recollect" } };
      for (const file_path of files)
        await ask("/api/ide/events", { ...about, event_type: "code_edit", file_path });
      await ask("/api/ide/events", { ...about, event_type: "git_commit" });
      await ask("/api/ide/session/end", { session_id: `day ${day}` });
    }
    const answer = await session.workbench.ask("@memory /patterns");
    await session.workbench.screenshot(`${host}-patterns`);
    assert.match(answer, /Files that change together/);
    assert.match(answer, /src\/schema\.sql \+ src\/types\.ts · 4 of 4 times/);
    const input = { kind: "co_change" };
    const listed = await session.request({
      do: "invokeTool",
      name: "recollect_memory_patterns",
      input,
    });
    assert.match(listed, /^co_change \| 4 \| 4 \| 100 % \|.*src\/schema\.sql.*day 6/m);
  });

  it("a session that ends is summed up, with its files and what mended the failure", async () => {
    const [begun] = (await records()).filter(({ k }) => k === "session");
    const body = { session_id: begun.session };
    await ask("/api/ide/session/end", body);
    const isSummary = ({ k, session: key }) => k === "summary" && key === begun.session;
    const summary = await recorded(
      (record) => isSummary(record) && record.learned?.includes("and was fixed: unit tests"),
    );
    assert.ok(summary.files.includes("work/ledger.js"), JSON.stringify(summary));
    assert.match(summary.completed, /fixed the failing unit tests/);
    // It was there while the session went on, and is the same memory.
    const ids = (await records()).filter(isSummary).map(({ id }) => id);
    assert.equal(new Set(ids).size, 1, ids.join());
  });

  it("a reload goes on with the session", async () => {
    const [before] = (await records()).filter(({ k }) => k === "session");
    await session.reload();
    const since = Date.now();
    // The window may show again what was shown shortly before, which nobody opens then.
    await session.request({ do: "openFile", path: "work/off.js" });
    const opened = await event("file_open", ({ at }) => at >= since);
    assert.equal(opened.session, before.session);
    if (host === "worker") return;
    // The window that closed ended its session by itself.
    await recorded(
      ({ k, session: key, at }) => k === "session_end" && key === before.session && at < since,
    );
  });
}
