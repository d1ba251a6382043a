/** How long others had to wait for their turn until something was done, and longest at once. */
export async function busyUntil(done: Promise<void>): Promise<{ busy: number; most: number }> {
  const state = { isDone: false };
  void done.then(() => {
    state.isDone = true;
  });
  let busy = 0;
  let most = 0;
  for (let last = moment(); !state.isDone;) {
    await new Promise((resolve) => setImmediate(resolve));
    const next = moment();
    // Either is at least what this thread has worked: the clock runs on while another process has
    // the processor, and the processor's time is that of all threads of this one.
    const turn = Math.min(next.wall - last.wall, next.processor - last.processor);
    // A turn of this loop alone takes some microseconds.
    if (turn > 0.05) busy += turn;
    most = Math.max(most, turn);
    last = next;
  }
  return { busy, most };
}

/** Milliseconds that this thread worked on a call. */
export function workOf(run: () => unknown): number {
  const begin = moment();
  run();
  const end = moment();
  return Math.min(end.wall - begin.wall, end.processor - begin.processor);
}

function moment(): { wall: number; processor: number } {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now(), processor: (user + system) / 1000 };
}
