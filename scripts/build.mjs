import { exitWithError } from "./messages.mjs";
import { root } from "./root.mjs";
import { ensureBuild, ensureDependencies } from "./setup.mjs";

process.chdir(root);
for (const ensure of [ensureDependencies, ensureBuild]) {
  const ensured = ensure();
  if (!ensured.ok) exitWithError(ensured.error);
}
