/**
 * Lets what waits already go first. Timers would wait at least a millisecond, and in
 * browsers soon four.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const resume = () => {
      port1.close();
      resolve();
    };
    port1.addEventListener("message", resume, { once: true });
    port1.start();
    port2.postMessage(undefined);
  });
}

/** Lets what comes in the meantime go first as well: for work that nobody waits for. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
