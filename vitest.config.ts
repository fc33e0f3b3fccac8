import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const fromRoot = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: {
      "@": fromRoot("."),
      // The real package throws outside React's server condition. Next's build enforces it.
      "server-only": fromRoot("node_modules/server-only/empty.js"),
    },
  },
  test: {
    include: ["{app,bench,components,docs,drizzle,lib,scripts}/**/*.test.{ts,tsx}"],
    // Threads start sooner than processes. Tests often wait for the database, so there is one more than there are cores.
    pool: "threads",
    maxWorkers: availableParallelism() + 1,
    globalSetup: ["lib/testing/postgres.ts"],
    passWithNoTests: false,
    // High enough for real databases and processes on a busy machine, so that only a hang reaches it.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
