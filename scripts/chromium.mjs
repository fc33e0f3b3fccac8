import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { hasChromium } from "../e2e/fixtures/chromium";

/**
 * Sees to it that there is a Chromium to test with: as root on Debian from Debian, elsewhere Playwright's own. Needs
 * `loadTypeScript` before.
 * @returns {import("./setup.mjs").Outcome}
 */
export function ensureChromium() {
  if (!hasChromium()) {
    process.stdout.write("Installing a Chromium ...\n");
    if (process.getuid?.() === 0 && isDebian()) {
      run("apt-get", ["update", "-qq"]);
      run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"]);
    } else {
      run(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"]);
    }
  }
  return hasChromium()
    ? { ok: true, value: null }
    : {
        ok: false,
        error: "There is no Chromium and none could be installed: set LATCHKEY_TEST_CHROMIUM to one.",
      };
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
