// Installs the packages that this folder's editor is built from; skipped when they are there.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));
const installed = join(folder, "node_modules", ".installed");
const wanted = createHash("sha256")
  .update(readFileSync(join(folder, "package-lock.json")))
  .digest("hex");

if (existsSync(installed) && readFileSync(installed, "utf8") === wanted) {
  console.log("web editor: its packages are installed");
} else {
  console.log("web editor: installing its packages (about 140 MB)");
  install();
}

function install() {
  // A call from an npm script brings that script's configuration along, such as the root's folder.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(?:config_(?:local_)?prefix|package_|lifecycle_)/i.test(name),
    ),
  );
  const { status, error } = spawnSync(
    "npm",
    ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
    { cwd: folder, env, stdio: ["ignore", "ignore", "inherit"] },
  );
  if (error !== undefined || status !== 0) {
    console.error(error?.message ?? `npm ci failed in ${folder}; what it said stands above.`);
    process.exitCode = 1;
    return;
  }
  writeFileSync(installed, wanted);
}
