// Random schedules of three processes with crashes, power cuts and full disks, as many as wanted.
//
// `npm run soak -- --schedules 1000000 --seed 7` prints every violation and how many schedules ran.
// The seed of a violation's schedule alone repeats it: `--schedules 1 --seed <its seed>`.

import { numberOption } from "./options.mjs";
import { command, run } from "./process.mjs";

await command(() => {
  const schedules = numberOption("schedules", 100_000);
  const seed = numberOption("seed", Math.floor(Math.random() * 2 ** 40));
  run(
    "cargo",
    [
      ...["test", "--quiet", "--release", "--package", "recollect-core", "--test", "schedules"],
      ...["no_schedule_loses_or_resurrects_anything", "--", "--nocapture"],
    ],
    { env: { RECOLLECT_SCHEDULES: String(schedules), RECOLLECT_SEED: String(seed) } },
  );
});
