// What takes too long for every change: random schedules, and clients that are fetched to be tried.
//
// `npm run soak -- --only schedules --schedules 1000000 --seed 7` runs three processes with crashes,
// power cuts and full disks, and prints every violation and how many schedules ran. The seed of a
// violation's schedule alone repeats it: `--schedules 1 --seed <its seed>`.
//
// `npm run soak -- --only clients` installs claude-mem and bun from npm into the tools' folder, some
// hundred megabytes, and lets it record and search; so do the clients of the contract's tests.

import { buildExtension, buildModule } from "./build.mjs";
import { numberOption } from "./options.mjs";
import { Refusal, command, run } from "./process.mjs";

const kinds = { schedules, clients };

function schedules() {
  const schedules = numberOption("schedules", 100_000);
  const seed = numberOption("seed", Math.floor(Math.random() * 2 ** 40));
  run(
    "cargo",
    [
      ...["test", "--quiet", "--release", "--package", "recollect-core", "--test", "it"],
      ...["no_schedule_loses_or_resurrects_anything", "--", "--nocapture"],
    ],
    { env: { RECOLLECT_SCHEDULES: String(schedules), RECOLLECT_SEED: String(seed) } },
  );
}

async function clients() {
  await buildModule();
  await buildExtension();
  run(process.execPath, [
    ...["--import", "tsx", "--test", "--test-reporter=spec", "--test-concurrency=1"],
    ...["claudeMem", "plugins", "importing"].map((name) => `tests/clients/${name}.test.ts`),
    "tests/contract/http/clients.test.ts",
  ]);
}

await command(async () => {
  const position = process.argv.indexOf("--only");
  const only = position < 0 ? undefined : process.argv[position + 1];
  if (position >= 0 && !Object.hasOwn(kinds, only ?? "")) {
    throw new Refusal(`--only takes ${Object.keys(kinds).join(" or ")}.`);
  }
  for (const [name, soak] of Object.entries(kinds)) {
    if (only === undefined || only === name) await soak();
  }
});
