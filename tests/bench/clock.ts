/**
 * What search is timed by: the clock on the wall, or, where `RECOLLECT_BENCH_CLOCK` is `processor`,
 * the time that the processor spent on this process.
 *
 * The second hardly notices what else the machine does, and counts the work of all threads, such
 * as those that collect garbage beside the one that runs.
 */
export const now: () => number =
  process.env.RECOLLECT_BENCH_CLOCK === "processor" ? processorTime : () => performance.now();

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
