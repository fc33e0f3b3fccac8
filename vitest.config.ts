import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: {
      "@": at("."),
      // Outside React's server condition the real package throws; the rule it guards is Next's build.
      "server-only": at("node_modules/server-only/empty.js"),
    },
  },
  test: {
    include: ["{app,bench,components,drizzle,lib,scripts}/**/*.test.{ts,tsx}"],
    globalSetup: ["lib/testing/postgres.ts"],
    passWithNoTests: false,
    // Real databases and processes on a busy machine: a limit that only a hang reaches.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
