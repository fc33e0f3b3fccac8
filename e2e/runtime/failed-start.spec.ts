import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import type { LatchkeyProcess } from "@/e2e/fixtures/latchkey-process";
import { expect, postgresOf, test } from "@/e2e/fixtures/runtime-test";

/** A failed start says why on standard error, once, without a stack, and ends with 1. */
async function failureOf(latchkey: LatchkeyProcess): Promise<string> {
  expect(await latchkey.ended).toEqual({ code: 1, signal: null });
  const { stdout, stderr } = latchkey.output();
  expect(stdout).toBe("");
  expect(stderr).not.toMatch(/\n\s+at |Error:|node:internal/);
  return stderr;
}

const secret = randomBytes(32).toString("base64");
const ownDatabase = { LATCHKEY_MASTER_KEY: secret, NEXTAUTH_SECRET: secret };

test("a taken port", async ({ dataDir, launch }) => {
  const other = createServer();
  const port = await new Promise<number>((resolve) => {
    other.listen(0, "127.0.0.1", () => {
      const address = other.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  const latchkey = await launch({ env: { PORT: String(port) } });
  expect(await failureOf(latchkey)).toBe(
    `Port ${port} is taken by another program: stop that one, or set PORT to a free port.\n`,
  );
  const everywhere = await launch({ env: { PORT: String(port), LATCHKEY_HOST: "" } });
  expect(await failureOf(everywhere)).toContain(`Port ${port} is taken`);
  expect(postgresOf(dataDir).pid).toBe(null);
  other.close();
});

test("settings that are wrong, all in one message", async ({ launch }) => {
  const latchkey = await launch({
    env: {
      DATABASE_URL: "mysql://secret@host/db",
      PORT: "eighty",
      LATCHKEY_SERVE: "everything",
      LATCHKEY_URL: "keys.example.com",
      LATCHKEY_MASTER_KEY: "secret",
      LATCHKEY_ADMIN_EMAIL: "admin@example.com",
    },
  });
  const failure = await failureOf(latchkey);
  for (const name of [
    "DATABASE_URL",
    "PORT",
    "LATCHKEY_SERVE",
    "LATCHKEY_URL",
    "LATCHKEY_MASTER_KEY",
    "NEXTAUTH_SECRET",
    "LATCHKEY_ADMIN_PASSWORD",
  ]) {
    expect(failure).toContain(name);
  }
  expect(failure).not.toContain("secret@");
});

test("a database of one's own without its secrets", async ({ launch }) => {
  const latchkey = await launch({ env: { DATABASE_URL: "postgres://user@127.0.0.1:1/db" } });
  const failure = await failureOf(latchkey);
  expect(failure).toContain("LATCHKEY_MASTER_KEY is required");
  expect(failure).toContain("NEXTAUTH_SECRET is required");
});

test("a database that cannot be reached", async ({ launch }) => {
  const latchkey = await launch({
    env: { ...ownDatabase, DATABASE_URL: "postgres://user:hidden@127.0.0.1:1/keys" },
  });
  expect(await failureOf(latchkey)).toBe(
    "The database at 127.0.0.1:1/keys cannot be reached (ECONNREFUSED): check DATABASE_URL.\n",
  );
});

test("another master key than the database's", async ({ dataDir, launch }) => {
  const latchkey = await launch({ env: { LATCHKEY_MASTER_KEY: secret } });
  expect(await failureOf(latchkey)).toMatch(/^The master key is not the one .*\n$/);
  expect(postgresOf(dataDir).pid).toBe(null);
});

test("a data folder that cannot be written", async ({ dataDir, launch }) => {
  const file = path.join(dataDir, "file");
  writeFileSync(file, "");
  const latchkey = await launch({ env: { LATCHKEY_DATA_DIR: path.join(file, "data") } });
  expect(await failureOf(latchkey)).toMatch(/^The data folder .*file\/data cannot be written .*\n$/);
});
