import assert from "node:assert/strict";
import { test } from "node:test";
import { globMatcher, isDenied, matches } from "../src/common/capture/deniedFiles.js";
import { Exclusions, type Globs, type Verdict } from "../src/common/capture/Exclusions.js";
import { withoutExcluded, type NamedFiles } from "../src/common/capture/fileNames.js";
import { openMemories, origin } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

const NO_GLOBS: Globs = { own: [], hidden: [], hiddenBeside: [] };

/** A folder with these `.gitignore` files; `texts` may be changed afterwards. */
function exclusions(
  texts: Record<string, string>,
  globs: Partial<Globs> = {},
  more: { prefix?: string; own?: string } = {},
): Exclusions {
  const files = {
    prefix: more.prefix ?? "",
    read: async (folder: string) => texts[folder],
    readOwn: async () => more.own,
    isFile: async (path: string) => path.endsWith(".ts"),
  };
  return new Exclusions(files, { ...NO_GLOBS, ...globs });
}

async function check(files: Exclusions, expected: Record<string, Verdict>): Promise<void> {
  const found: Record<string, Verdict> = {};
  for (const path of Object.keys(expected)) found[path] = await files.verdict(path);
  assert.deepEqual(found, expected);
}

test("files that the module keeps nothing of are the same here", async () => {
  const memories = openMemories(await temporaryFolder());
  const paths = [
    ...[".env", ".env.local", "app/.ENV.test", ".env.example", "a/.env.sample", ".env.template"],
    ...["server.pem", "a/b/tls.KEY", "x.p12", "x.pfx", "x.jks", "id_rsa", "id_rsa.pub"],
    ...["id_ed25519", "keys/id_ed25519.old", ".npmrc", ".pypirc", ".netrc", ".git-credentials"],
    ...["kubeconfig", "prod.tfstate", "prod.tfstate.backup", "secrets.yaml", "a/secrets.json"],
    ...[".aws/config", "home/.ssh/known_hosts", ".gnupg/pubring.kbx", "a\\.env", ".env~", "x.pem."],
    ...["file:///h/%2eenv", "h/%252Eenv.local", "a/%69d_rsa", "a/%2eenv.example", "a%20b.ts"],
    ...["src/environment.rs", "keys.ts", "src/key", "notes/secrets", "monkey", "aws/config"],
  ];
  const answers = await memories.appendLater(
    paths.map((file) => ({ kind: "event", origin, type: "file_open", file })),
  );
  const byModule = paths.filter((_, index) => answers[index]?.status === "skipped");
  assert.deepEqual(
    paths.filter((path) => isDenied(path)),
    byModule,
  );
  assert.ok(byModule.length > 20);
});

test("what is too long for a path is left out without a look at its folders", async () => {
  const long = "a/".repeat(30_000);
  let reads = 0;
  const files = new Exclusions(
    {
      prefix: "",
      read: async () => {
        reads += 1;
        return undefined;
      },
      readOwn: async () => undefined,
      isFile: async () => true,
    },
    { ...NO_GLOBS, own: ["notes/**"] },
  );
  assert.equal(await files.verdict(`${long}b.ts`), "excluded");
  assert.equal(await files.verdict(`${long}.env`), "denied");
  assert.ok(!isDenied(long));
  assert.equal(reads, 0);
});

test("globs of the settings mean a file, a folder and what is in it", () => {
  const matcher = globMatcher(["notes/**", "**/*.{log,tmp}", "**/build", "draft?.md"]);
  const found = ["notes/a.md", "a/b.log", "c.tmp", "x/build/out.js", "draft1.md"];
  for (const path of found) assert.ok(matches(matcher, path), path);
  for (const path of ["note/a.md", "a/b.logs", "rebuild/x", "draft12.md"])
    assert.ok(!matches(matcher, path), path);
});

test("what git ignores is excluded, by the rule nearest to the file", async () => {
  const files = exclusions({
    "": "*.log\n/dist/\nlocal\n# a comment\n!keep.log\n",
    src: "generated/*\n!generated/schema.ts\n",
    "src/deep": "!important.log\n",
  });
  await check(files, {
    "a.log": "excluded",
    "x/y/a.log": "excluded",
    "keep.log": "kept",
    "dist/index.js": "excluded",
    "src/dist/index.js": "kept",
    "src/local": "excluded",
    "local/anything/at/all.ts": "excluded",
    "src/generated/api.ts": "excluded",
    "src/generated/schema.ts": "kept",
    "src/deep/important.log": "kept",
    "src/deep/other.log": "excluded",
    "src/main.ts": "kept",
    ".gitignore": "kept",
  });
});

test("what is ignored as a folder is not brought back by a rule about a file in it", async () => {
  const files = exclusions({ "": "out/\n!out/kept.ts\n", out: "!kept.ts\n" });
  await check(files, { "out/kept.ts": "excluded" });
});

test("a folder within a repository keeps to the rules above it, and to the repository's own", async () => {
  const files = exclusions(
    { "": "packages/web/cache\n*.bak\n", "packages/web": "!good.bak" },
    {},
    { prefix: "packages/web", own: "scratch/\n" },
  );
  await check(files, {
    "cache/x": "excluded",
    "a.bak": "excluded",
    "good.bak": "kept",
    "scratch/x": "excluded",
    "src/x": "kept",
  });
});

test("the user's own globs and key files exclude more than what is hidden", async () => {
  const files = exclusions({}, { own: ["diary", "notes/**"], hidden: ["**/node_modules"] });
  await check(files, {
    "notes/a.md": "denied",
    "team/notes/a.md": "denied",
    "diary/monday.md": "denied",
    "a/.env": "denied",
    ".git/COMMIT_EDITMSG": "denied",
    "web/node_modules/x/index.js": "excluded",
  });
});

test("what a compiler made is excluded beside its source, and kept without", async () => {
  const globs = (sibling: string) => ({ hiddenBeside: [{ glob: "**/*.js", sibling }] });
  await check(exclusions({}, globs("$(basename).ts")), { "src/a.min.js": "excluded" });
  await check(exclusions({}, globs("$(basename).rb")), { "src/a.js": "kept" });
});

test("a changed .gitignore holds after it was read again", async () => {
  const texts: Record<string, string> = {};
  const files = exclusions(texts);
  await check(files, { "a.ts": "kept" });
  texts[""] = "a.ts";
  files.forget();
  await check(files, { "a.ts": "excluded" });
  files.setGlobs({ ...NO_GLOBS, own: ["a.*"] });
  await check(files, { "a.ts": "denied" });
});

test("a .gitignore that cannot be read excludes, until it can", async () => {
  let isBroken = true;
  const files = new Exclusions(
    {
      prefix: "",
      read: async () => {
        if (isBroken) throw new Error("unreachable");
        return undefined;
      },
      readOwn: async () => undefined,
      isFile: async () => false,
    },
    NO_GLOBS,
  );
  await check(files, { "a.ts": "excluded" });
  isBroken = false;
  await check(files, { "a.ts": "kept" });
});

test("texts name no excluded file", async () => {
  const files = exclusions({ "": "build\n*.secret\nout/\n" }, { own: ["diary"] });
  const named = {
    verdict: (path: string) => files.verdict(path),
    isFile: async (path: string) => path === "notes/plan.secret" || path === "build",
    root: "/home/me/app",
  };
  const cases: [text: string, cwd: string, kept: string | undefined][] = [
    ["npm run check -- src/a.ts", "", "npm run check -- src/a.ts"],
    ["node out/cli.js --once", "", "node … --once"],
    ["cat plan.secret", "notes", "cat …"],
    ['cat "/home/me/app/notes/plan.secret"', "", 'cat "…"'],
    ["cat ../notes/plan.secret|wc -l", "src", "cat …|wc -l"],
    ["cd out && ls", "", "cd out && ls"],
    ["out/x.js:12:3 - error", "", "… - error"],
    ["cat .env", "", undefined],
    ["source app/.env.local && run", "", undefined],
    ["vim diary/monday.md", "", undefined],
    ["cat ~/.ssh/config", "", undefined],
    ["cat /home/me/.ssh/config", "", undefined],
    ["cp a.ts /tmp/out/x", "", "cp a.ts /tmp/out/x"],
    ["curl https://example.com/x.secret", "", "curl https://example.com/x.secret"],
  ];
  for (const [text, cwd, kept] of cases)
    assert.equal(await withoutExcluded(text, cwd, named), kept, text);
});

test("others get their turn while the words of a long text are looked at", async () => {
  const Channel = globalThis.MessageChannel;
  let turns = 0;
  const construct = (): InstanceType<typeof Channel> => {
    turns += 1;
    return new Channel();
  };
  globalThis.MessageChannel = new Proxy(Channel, { construct });
  try {
    const named: NamedFiles = {
      root: "/home/me/app",
      verdict: async () => "kept",
      isFile: async () => true,
    };
    const text = Array.from({ length: 2_000 }, (_, index) => `w${index}`).join(" ");
    assert.equal(await withoutExcluded(text, "", named), text);
  } finally {
    globalThis.MessageChannel = Channel;
  }
  assert.equal(turns, 4);
});
