/** That no field of any endpoint leaves in a file what must not be kept. */
import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { FileSettings } from "../../../extension/src/node/cli/FileSettings.js";
import { FileSegmentStore } from "../../../extension/src/node/FileSegmentStore.js";
import { openHandler } from "./openFolder.js";

/** Every file under a folder, as one text, with what addresses and JSON escape undone. */
async function written(folder: string): Promise<string> {
  let all = "";
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const text = await readFile(join(entry.parentPath, entry.name), "utf8");
    all += `${text}\n`;
  }
  const decoded = all.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return `${all}\n${decoded}`.toLowerCase();
}

/** Calls with a text in every field that can hold one. */
function calls(text: string, session: string): [string, string, unknown][] {
  const deep = { open: [{ path: "/h/.env", note: text }, text], [text]: text, a: { b: [text] } };
  return [
    [
      "POST",
      "/api/sessions/init",
      { claudeSessionId: session, project: text, prompt: `p ${text}`, cwd: `/h/${text}` },
    ],
    [
      "POST",
      "/api/sessions/init",
      {
        claudeSessionId: `${session}-${text}`,
        prompt: "p",
        cwd: `/h/${text}`,
        platformSource: text,
      },
    ],
    [
      "POST",
      "/api/sessions/observations",
      {
        claudeSessionId: session,
        tool_name: "Edit",
        cwd: `/h/${text}`,
        tool_input: {
          file_path: "/h/a.ts",
          old_string: "a",
          new_string: `const x = 1; // ${text}`,
        },
        tool_response: { text },
      },
    ],
    [
      "POST",
      "/api/sessions/observations",
      {
        claudeSessionId: session,
        tool_name: "Read",
        tool_input: { file_path: "/h/.env" },
        tool_response: { text },
      },
    ],
    [
      "POST",
      "/api/sessions/summarize",
      {
        claudeSessionId: session,
        last_user_message: `u ${text}`,
        last_assistant_message: `We decided to go. ${text}`,
      },
    ],
    ["POST", "/memory/add", { content: `word ${text}`, tags: [text], metadata: deep }],
    ["POST", "/memory/add", { content: `${"word ".repeat(16)}${text}` }],
    [
      "POST",
      "/api/ide/events",
      {
        event_type: text,
        file_path: `/h/${text}`,
        content: text,
        metadata: deep,
        session_id: `ide-${text}`,
      },
    ],
    ["POST", "/api/ide/events", { event_type: "edit", file_path: "/h/.env", content: "denied" }],
    ["POST", "/api/ide/session/start", { user_id: text, project_name: text, ide_name: text }],
    ["POST", "/api/settings", { selectedProject: text }],
  ];
}

test("what is private, secret or of a denied file is in no file, whichever field it came in", async () => {
  const folder = await mkdtemp(join(tmpdir(), "recollect-kept-out-"));
  const letters = (length: number): string =>
    Array.from(
      { length },
      () => "abcdefghkmnpqrstuvwxyz23456789"[Math.floor(Math.random() * 30)],
    ).join("");
  const secret = `${["gh", "p_"].join("")}${letters(36)}`;
  const hidden = letters(20);
  const texts = [
    `<private>${hidden}</private>`,
    `＜ｐｒｉｖａｔｅ＞${hidden}＜／ｐｒｉｖａｔｅ＞`,
    `<pri\u200bvate>${hidden}`,
    `<\u001b[31mprivate\u001b[m>${hidden}</\u001b[31mprivate\u001b[m>`,
    `<system-reminder>a <private>b</system-reminder> ${hidden}</private>`,
    secret,
    `${secret.slice(0, 10)}\u200b${secret.slice(10)}`,
  ];
  {
    await using open = await openHandler(
      { settings: new FileSettings(join(folder, "serve.json")) },
      {
        store: new FileSegmentStore(join(folder, "mem1")),
        quarantine: new FileSegmentStore(join(folder, "mem1"), "bad"),
      },
    );
    for (const [index, text] of texts.entries()) {
      for (const [method, path, body] of calls(text, `s${index}`)) {
        const response = await open.send(method, path, body);
        assert.ok(response.status < 500, `${path}: ${response.status} ${await response.text()}`);
      }
      assert.ok(!(await written(folder)).includes(hidden), `${index}: hidden`);
      assert.ok(!(await written(folder)).includes(secret.slice(0, 12)), `${index}: secret`);
    }
  }
  const all = await written(folder);
  assert.ok(all.includes("word"));
  for (const text of [hidden, secret.slice(0, 12), "/h/.env"]) assert.ok(!all.includes(text), text);
  await rm(folder, { recursive: true, force: true });
});

test("what a cut goes through was filtered before, by the user's own patterns too", async () => {
  const folder = await mkdtemp(join(tmpdir(), "recollect-kept-out-"));
  const letters = Math.random().toString(36).slice(2, 10);
  const first = `alpha${letters}`;
  const last = `omega${letters}`;
  const hidden = [
    // Nobody knows half of it.
    `codename ${first} and ${last}`,
    `<private>${first} ${"and ".repeat(30)}${last}</private>`,
    `${["gh", "p_"].join("")}${`${letters}${"Ab3".repeat(12)}`.slice(0, 36)}`,
  ];
  {
    await using open = await openHandler(
      {},
      {
        store: new FileSegmentStore(join(folder, "mem1")),
        privacyRules: () => ({ patterns: ["codename [a-z0-9]+ and [a-z0-9]+"] }),
      },
    );
    let number = 0;
    for (const text of hidden) {
      // The cut of 60 KiB, and that of 64, go through it somewhere.
      for (const before of [60, 64].flatMap((kib) =>
        [4, 12, 24, 40].map((back) => kib * 1024 - back),
      )) {
        const long = `${"word ".repeat(before / 5).slice(0, before - 1)} ${text} ${"more ".repeat(2_000)}`;
        number += 1;
        const session = { claudeSessionId: `s${number}` };
        const messages = { last_user_message: long, last_assistant_message: `We decided: ${long}` };
        const event = { event_type: "note", content: long, session_id: `e${number}` };
        for (const [path, body] of [
          ["/api/sessions/init", { ...session, prompt: long }],
          ["/api/sessions/summarize", { claudeSessionId: `m${number}`, ...messages }],
          ["/api/ide/events", event],
        ] as const) {
          const response = await open.send("POST", path, body);
          assert.equal(response.status, 200, `${path}: ${await response.text()}`);
        }
      }
    }
  }
  const all = await written(folder);
  assert.ok(all.includes("word word"));
  for (const part of [first, last, letters]) assert.ok(!all.includes(part), part);
  await rm(folder, { recursive: true, force: true });
});
