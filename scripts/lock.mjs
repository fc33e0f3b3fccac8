import { readFileSync, rmSync, writeFileSync } from "node:fs";

/**
 * Runs `work` while no other process of this checkout runs under the same lock file; waits for one that does. The lock
 * of a process that is gone does not count.
 * @template Value
 * @param {string} file
 * @param {() => Value} work
 * @returns {Value}
 */
export function withLock(file, work) {
  while (!tryLock(file)) {
    if (isAbandoned(file)) rmSync(file, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
  try {
    return work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
function tryLock(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** @param {string} file */
function isAbandoned(file) {
  try {
    process.kill(Number(readFileSync(file, "utf8")), 0);
    return false;
  } catch (error) {
    // ESRCH: its process is gone. ENOENT: it has just been given back.
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}
