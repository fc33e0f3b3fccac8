import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { hasChromium, hasHeadlessShell } from "../e2e/fixtures/chromium";

/**
 * Installs a Chromium for the tests if there is none: as root on Debian the package of Debian, otherwise
 * Playwright's own. Call `loadTypeScript` first.
 * @returns {import("./setup.mjs").Outcome}
 */
export function ensureChromium() {
  const fromDebian = process.getuid?.() === 0 && isDebian();
  if (fromDebian ? !hasHeadlessShell() : !hasChromium()) {
    process.stdout.write("Installing Chromium ...\n");
    if (fromDebian) installFromDebian();
    else run(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"]);
  }
  return hasChromium()
    ? { ok: true, value: null }
    : {
        ok: false,
        error:
          "Chromium could not be installed. Install it, or set LATCHKEY_TEST_CHROMIUM to the path of its program.",
      };
}

function installFromDebian() {
  const install = ["install", "-y", "-qq", "--no-install-recommends", "fonts-liberation"];
  run("apt-get", ["update", "-qq"]);
  run("apt-get", [...install, "chromium-headless-shell"]);
  // Older releases of Debian do not have this package.
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
