import { readFileSync, rmSync, writeFileSync } from "node:fs";

/**
 * Runs `work` while this process holds the lock file. Waits as long as another process holds it. Ignores the
 * lock of a process that no longer runs.
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
    // ESRCH: the process no longer runs. ENOENT: the lock has just been released.
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}
