import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { hasChromium, hasHeadlessShell } from "../e2e/fixtures/chromium";

/**
 * Sees to it that there is a Chromium to test with: as root on Debian from Debian, elsewhere Playwright's own. Needs
 * `loadTypeScript` before.
 * @returns {import("./setup.mjs").Outcome}
 */
export function ensureChromium() {
  const fromDebian = process.getuid?.() === 0 && isDebian();
  if (fromDebian ? !hasHeadlessShell() : !hasChromium()) {
    process.stdout.write("Installing a Chromium ...\n");
    if (fromDebian) installFromDebian();
    else run(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"]);
  }
  return hasChromium()
    ? { ok: true, value: null }
    : {
        ok: false,
        error: "There is no Chromium and none could be installed: set LATCHKEY_TEST_CHROMIUM to one.",
      };
}

function installFromDebian() {
  const install = ["install", "-y", "-qq", "--no-install-recommends", "fonts-liberation"];
  run("apt-get", ["update", "-qq"]);
  run("apt-get", [...install, "chromium-headless-shell"]);
  // Older releases have no such package.
  if (!hasChromium()) run("apt-get", [...install, "chromium"]);
}

function isDebian() {
  return existsSync("/etc/os-release") && /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
}

/**
 * @param {string} program
 * @param {string[]} args
 */
function run(program, args) {
  const env = Object.assign({}, process.env, { DEBIAN_FRONTEND: "noninteractive" });
  spawnSync(program, args, { stdio: ["ignore", "inherit", "inherit"], env });
}
