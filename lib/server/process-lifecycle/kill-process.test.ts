import { spawn } from "node:child_process";
import path from "node:path";
import { expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../../..");

/** Runs TypeScript in a process of its own that has a thread stuck in native code for six seconds. */
function runWithStuckThread(
  code: string,
): Promise<{ ended: string | number | null; ms: number; out: string }> {
  const script = `
    import { Worker } from "node:worker_threads";
    import { openLog } from "@/lib/infrastructure/log/log";
    import { openLogDestination } from "@/lib/infrastructure/log/log-destination";
    import { killProcess, killProcessAfter } from "@/lib/server/process-lifecycle/kill-process";
    const log = openLog("info", openLogDestination(1));
    const stuck = \`require("node:worker_threads").parentPort.postMessage("");
      require("node:child_process").spawnSync(process.execPath, ["-e", "setTimeout(() => {}, 6000)"]);\`;
    new Worker(stuck, { eval: true, execArgv: [] }).once("message", () => setTimeout(async () => { ${code} }, 200));
  `;
  return new Promise((resolve) => {
    const args = ["--import", "tsx", "--input-type=module", "-e", script];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    let out = "";
    let startedAt = 0;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (startedAt === 0) startedAt = performance.now();
      out += text;
    });
    child.once("exit", (status, signal) =>
      resolve({ ended: signal ?? status, ms: performance.now() - startedAt, out }),
    );
  });
}

it("an exit waits for a stuck thread", async () => {
  const { ended, ms } = await runWithStuckThread('process.stdout.write("exit"); process.exit(0);');
  expect(ended).toBe(0);
  expect(ms).toBeGreaterThan(3000);
});

it("killProcess does not wait for it, and logs why", async () => {
  const { ended, ms, out } = await runWithStuckThread('killProcess(log, "the dashboard did not end");');
  expect(ended).toBe("SIGKILL");
  expect(ms).toBeLessThan(3000);
  expect(JSON.parse(out)).toMatchObject({
    level: 50,
    reason: "the dashboard did not end",
    msg: "shutdown incomplete, process killed",
  });
});

it("killProcessAfter kills a shutdown that takes longer, and no other", async () => {
  const wait = "await new Promise((resolve) => setTimeout(resolve, 1000));";
  const late = await runWithStuckThread(`killProcessAfter(300, log); ${wait}`);
  expect([late.ended, JSON.parse(late.out)]).toMatchObject([
    "SIGKILL",
    { reason: "not finished after 300 ms" },
  ]);
  const inTime = await runWithStuckThread(`killProcessAfter(300, log)(); ${wait} process.exit(0);`);
  expect([inTime.ended, inTime.out]).toEqual([0, ""]);
});
