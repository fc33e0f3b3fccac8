import { execFile } from "node:child_process";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { copyCheckout, linkAllPackages, linkProductionPackages } from "../fixtures/checkout-copy";
import { freePort, plainEnvironment, root } from "../fixtures/latchkey-process";
import { expect, test } from "../fixtures/runtime-test";

const execute = promisify(execFile);

/** Runs node to its end, in the checkout. */
function node(args: readonly string[], env: Readonly<Record<string, string>>) {
  const all = { ...plainEnvironment(), NODE_ENV: "production" as const, ...env };
  return execute(process.execPath, args, { cwd: root, env: all });
}

test("where the builds are fresh, it starts without development packages and builds nothing", async ({
  dataDir,
  launch,
}) => {
  const copy = path.join(dataDir, "checkout");
  copyCheckout(copy);
  linkProductionPackages(copy);
  for (const name of ["tsx", "typescript", "esbuild"]) {
    expect(existsSync(path.join(copy, "node_modules", name))).toBe(false);
  }
  const latchkey = await launch({
    command: [process.execPath, path.join(copy, "scripts/start.mjs")],
    env: { LATCHKEY_SERVE: "all" },
  });
  await latchkey.ready;
  expect((await fetch(`${latchkey.baseURL}/healthz`)).status).toBe(200);
  expect((await fetch(`${latchkey.baseURL}/connections`)).status).toBe(401);
  expect(await (await fetch(`${latchkey.baseURL}/signin`)).text()).toContain("<form");
  const keys = await node([path.join(copy, "scripts/keys.mjs"), "list", "--env", "dev"], {
    LATCHKEY_DATA_DIR: dataDir,
  });
  expect(keys.stdout).toContain("Default - Full access");
  expect(keys.stderr).toBe("");
  // A build or an installation would say so there.
  expect(latchkey.output().stderr).toBe("");
});

test("a changed source file is noticed: what needs the server compiles it again, once", async ({
  dataDir,
}) => {
  const stamp = (folder: string) => readFileSync(path.join(root, folder, "latchkey-stamp"), "utf8");
  expect(stamp(".server")).toBe(stamp(".next"));

  const copy = path.join(dataDir, "checkout");
  copyCheckout(copy);
  linkAllPackages(copy);
  const help = () => node([path.join(copy, "scripts/keys.mjs"), "--help"], {});
  expect((await help()).stderr).toBe("");
  appendFileSync(path.join(copy, "lib/infrastructure/result.ts"), '\nprocess.stderr.write("changed\\n");\n');
  expect((await help()).stderr).toBe("Compiling the server (esbuild) ...\nchanged\n");
  expect((await help()).stderr).toBe("changed\n");
});

test("a stack trace names the TypeScript source and its line", async ({ dataDir }) => {
  const program = `
    import { loadServer } from "./scripts/compiled-server.mjs";
    const { start } = await loadServer("start");
    const build = () => { throw new Error("thrown on purpose"); };
    await start({ root: ".", dev: false, build }).catch(({ stack }) => console.log(stack));
    process.exit();`;
  const { stdout } = await node(["--input-type=module", "--eval", program], {
    LATCHKEY_DATA_DIR: dataDir,
    LATCHKEY_HOST: "127.0.0.1",
    PORT: String(await freePort()),
  });
  expect(stdout).toContain("thrown on purpose");
  const [, file = "", line] = /\((?:file:\/\/)?([^()]*start\.ts):(\d+):\d+\)/.exec(stdout) ?? [];
  expect(path.relative(root, file)).toMatch(/^lib\/.*start\.ts$/);
  expect(readFileSync(file, "utf8").split("\n")[Number(line) - 1]).toContain("build()");
});
