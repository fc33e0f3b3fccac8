import { availableParallelism } from "node:os";
import { defineConfig, devices } from "@playwright/test";
import { browserPath } from "./fixtures/chromium";

const browser = {
  ...devices["Desktop Chrome"],
  launchOptions: {
    ...browserPath(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  },
};

export default defineConfig({
  testDir: ".",
  outputDir: "../test-results",
  globalSetup: "./fixtures/global-setup.ts",
  fullyParallel: true,
  // One more than there are cores: tests often wait for a timer or for the network of the page.
  workers: availableParallelism() + 1,
  forbidOnly: process.env.CI !== undefined,
  retries: 0,
  // For a busy machine with few cores: limits that only a hang reaches.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  // A trace films every test, also those that pass: ask for it with `--trace on` where one is looked into.
  use: { ...browser, trace: "off" },
  projects: [
    // Long tests first, so that short ones fill what is left at the end. The first run of `cli` waits for the network: it
    // fetches the command line.
    { name: "cli", testDir: "./cli", timeout: 300_000 },
    { name: "runtime", testDir: "./runtime", timeout: 180_000 },
    { name: "ui", testDir: "./ui" },
    { name: "api", testDir: "./api" },
    // What an attacker may send, and what it may cost.
    { name: "attack", testDir: "./attack" },
  ],
});
