// A small history of a shop, made up for questions: people, files, releases, and times counted from now.

import { execFile, spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { promisify } from "node:util";

const DAY = 86_400_000;

/** Noon of a day so many months ago: whatever today is, it is in that month. */
function inMonth(monthsAgo, day) {
  const now = new Date();
  return new Date(now.getFullYear(), now.getMonth() - monthsAgo, day, 12).getTime();
}

/** Noon of a day of the week before this one; 0 is its Monday. */
function inLastWeek(weekday) {
  const now = new Date();
  const back = ((now.getDay() + 6) % 7) + 7 - weekday;
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - back, 12).getTime();
}

/** What was committed, in no order: `at` decides. */
function commits() {
  const yesterday = Date.now() - DAY;
  return [
    {
      at: inMonth(30, 3),
      by: "Ann Bell",
      says: "feat: take orders by mail",
      files: ["src/mail.ts", "README.md"],
    },
    {
      at: inMonth(29, 9),
      by: "Bo Chen",
      says: "feat: keep the cart in a cookie (#12)",
      files: ["src/cart.ts"],
      body: "A server session would need a database, so that a cookie is cheaper.",
    },
    {
      at: inMonth(28, 4),
      by: "Ann Bell",
      says: "chore: release 1.0.0",
      files: ["package.json"],
      tag: "v1.0.0",
    },
    {
      at: inMonth(26, 5),
      by: "Cid Dunn",
      says: "feat: count visitors of each page",
      files: ["src/visitors.ts"],
    },
    {
      at: inMonth(24, 6),
      by: "Bo Chen",
      says: "fix: E_CART_FULL is thrown for an empty cart, fixes #34",
      files: ["src/cart.ts", "test/cart.test.ts"],
    },
    {
      at: inMonth(22, 7),
      by: "Ann Bell",
      says: "refactor: move the cart to a folder",
      renames: [["src/cart.ts", "src/cart/index.ts"]],
    },
    {
      at: inMonth(20, 8),
      by: "Bo Chen",
      says: "feat!: drop orders by mail",
      body: "BREAKING CHANGE: nobody used them, so they are gone because they cost a server.",
      deletes: ["src/mail.ts"],
    },
    {
      at: inMonth(19, 9),
      by: "Ann Bell",
      says: "chore: release 2.0.0",
      files: ["package.json"],
      tag: "v2.0.0",
    },
    {
      at: inMonth(17, 3),
      by: "Cid Dunn",
      says: "security: escape names in invoices (CVE-2031-1234)",
      files: ["src/invoice.ts"],
    },
    {
      at: inMonth(15, 5),
      by: "Ann Bell",
      says: "feat: print invoices as PDF",
      files: ["src/invoice.ts", "src/pdf.ts"],
    },
    {
      at: inMonth(13, 9),
      by: "Bo Chen",
      says: "perf: stream uploads of pictures instead of buffering them",
      files: ["src/uploads.ts"],
    },
    {
      at: inMonth(11, 4),
      by: "Cid Dunn",
      says: "docs: use the latest version of the style guide",
      files: ["docs/style.md"],
    },
    {
      at: inMonth(9, 6),
      by: "Ann Bell",
      says: "fix: round prices up because of the tax office",
      files: ["src/price.ts"],
    },
    {
      at: inMonth(7, 8),
      by: "Ann Bell",
      says: "chore: release 2.1.0",
      files: ["package.json"],
      tag: "v2.1.0",
    },
    {
      at: inMonth(5, 3),
      by: "Bo Chen",
      says: "build: check prices before each build",
      files: ["scripts/build-price.ts"],
    },
    {
      at: inMonth(4, 5),
      by: "Dee Frost",
      says: "feat: search products by colour",
      files: ["src/search.ts"],
    },
    {
      at: inMonth(3, 7),
      by: "Cid Dunn",
      says: "fix: a cart with two coupons (#56)",
      files: ["src/cart/index.ts"],
    },
    {
      at: inMonth(1, 15),
      by: "Dee Frost",
      says: "feat: remember the last search of a visitor",
      files: ["src/search.ts"],
    },
    {
      at: inLastWeek(2),
      by: "Cid Dunn",
      says: "test: coupons and gifts together",
      files: ["test/coupons.test.ts"],
    },
    {
      at: yesterday,
      by: "Ann Bell",
      says: "docs: say how prices are rounded",
      files: ["docs/prices.md"],
    },
  ];
}

/** Makes the repository, with more commits if told, and checks its files out. Whoever works there is Ann Bell. */
export async function makeShop(target, more = []) {
  await mkdir(target, { recursive: true });
  const git = async (...args) => (await promisify(execFile)("git", args, { cwd: target })).stdout;
  await git("init", "--quiet", "--initial-branch=main");
  await git("config", "user.name", "Ann Bell");
  await git("config", "user.email", "ann@mail.test");
  await git("config", "commit.gpgsign", "false");
  await fastImport(target, streamOf([...commits(), ...more].toSorted((a, b) => a.at - b.at)));
  await git("reset", "--quiet", "--hard", "main");
}

function streamOf(history) {
  const data = (text) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const parts = history.map(
    ({ at, by, says, body, files = [], renames = [], deletes = [], tag }, index) => {
      const who = `${by} <${by.split(" ")[0].toLowerCase()}@mail.test> ${Math.floor(at / 1000)} +0000`;
      const lines = [
        `commit refs/heads/main\nmark :${index + 1}\nauthor ${who}\ncommitter ${who}\n`,
        data(body === undefined ? says : `${says}\n\n${body}`),
        ...(index === 0 ? [] : [`from :${index}\n`]),
        ...renames.map(([from, to]) => `R ${from} ${to}\n`),
        ...deletes.map((path) => `D ${path}\n`),
        ...files.map(
          (path) => `M 100644 inline ${path}\n${data(`${path} at ${index}\nsecond line\n`)}`,
        ),
        ...(tag === undefined
          ? []
          : [`tag ${tag}\nfrom :${index + 1}\ntagger ${who}\n${data(`Release ${tag}`)}`]),
      ];
      return lines.join("");
    },
  );
  return parts.join("");
}

/** Feeds git a history as its fast-import reads it. */
function fastImport(target, stream) {
  return new Promise((settle, fail) => {
    const child = spawn("git", ["fast-import", "--quiet"], {
      cwd: target,
      stdio: ["pipe", "ignore", "pipe"],
    });
    let told = "";
    child.stderr.setEncoding("utf8").on("data", (text) => (told += text));
    child.once("error", fail);
    child.once("close", (code) =>
      code === 0 ? settle() : fail(new Error(`git fast-import: ${told}`)),
    );
    child.stdin.end(stream);
  });
}
