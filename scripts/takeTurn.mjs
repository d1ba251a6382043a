// One at a time: what two processes in one clone would break for each other.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./process.mjs";

/**
 * Waits until no other process of this clone has this turn, takes it, and gives how to end it.
 * A turn also ends with the process that has it.
 */
export function takeTurn(what) {
  const file = join(root, "target", `${what}.pid`);
  mkdirSync(join(root, "target"), { recursive: true });
  for (let isWaiting = false; !writeNew(file, String(process.pid)); isWaiting = true) {
    const owner = ownerOf(file);
    if (owner !== undefined && !isRunning(owner)) rmSync(file, { force: true });
    else if (!isWaiting) console.log(`${what}: waiting for another one in this clone`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
  const end = () => {
    process.removeListener("exit", end);
    rmSync(file, { force: true });
  };
  process.once("exit", end);
  return end;
}

/** Whether the file was not there and now is. */
function writeNew(file, text) {
  try {
    writeFileSync(file, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return false;
  }
}

/** The process that has the turn, or `undefined` if it has ended it meanwhile. */
function ownerOf(file) {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    return undefined;
  }
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
