import { loadTypeScript } from "./load-typescript.mjs";
import { exitWithError } from "./messages.mjs";
import { root } from "./root.mjs";
import { ensureBuild, ensureDependencies } from "./setup.mjs";

Object.assign(process.env, { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });
process.chdir(root);
const installed = ensureDependencies();
if (!installed.ok) exitWithError(installed.error);
await loadTypeScript();
const { chooseMeasures } = await import("../bench/choose-measures");
const { measures } = await import("../bench/measures/all");
const { createSoak } = await import("../bench/soak/soak");
const { runBench } = await import("../bench/run");
const { ensureChromium } = await import("./chromium.mjs");
const chosen = chooseMeasures(process.argv.slice(2), measures, createSoak);
if (!chosen.ok) exitWithError(chosen.error);
for (const [need, ensure] of /** @type {const} */ ([
  ["dashboard", ensureBuild],
  ["browser", ensureChromium],
])) {
  if (!chosen.value.some(({ needs }) => needs.includes(need))) continue;
  const ensured = ensure();
  if (!ensured.ok) exitWithError(ensured.error);
}
process.exit((await runBench(chosen.value)) ? 0 : 1);
