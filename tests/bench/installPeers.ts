/**
 * Installs what the search is measured against, at the first use and after a change of the lock
 * file. Nothing else of the project needs these packages.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = import.meta.dirname;

/** A peer that cannot be had is no failure: its lines of the tables say so. */
export function installPeers(): void {
  const stamp = join(folder, "node_modules/.recollect-installed");
  const hash = createHash("sha256");
  for (const file of ["package.json", "package-lock.json"])
    hash.update(readFileSync(join(folder, file)));
  // Native code is built for one version of Node.
  const wanted = hash.update(process.version).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.log("bench: installing the peers (about a minute if SQLite has to be compiled)");
  // A call from an npm script brings that script's configuration along, such as the root's folder.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(?:config_(?:local_)?prefix|package_|lifecycle_)/i.test(name),
    ),
  );
  // better-sqlite3 is optional there: npm goes on without it where neither a ready-made binary
  // nor a compiler is to be had.
  const { status } = spawnSync(
    "npm",
    ["ci", "--no-audit", "--no-fund", "--loglevel=error", "--engine-strict=false"],
    { cwd: folder, env, stdio: ["ignore", "ignore", "inherit"] },
  );
  if (status === 0) writeFileSync(stamp, wanted);
  else console.log("bench: npm ci failed in tests/bench; measuring what is there");
}
