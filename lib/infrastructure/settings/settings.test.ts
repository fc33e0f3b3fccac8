import path from "node:path";
import { describe, expect, it } from "vitest";
import { parseBootstrapSettings, parseSettings } from "./settings";

const key = Buffer.alloc(32, 7).toString("base64");
const required = {
  DATABASE_URL: "postgres://user:pass@host/db",
  LATCHKEY_MASTER_KEY: key,
  NEXTAUTH_SECRET: "s".repeat(32),
};

describe("parseSettings", () => {
  it("requires a database, a master key and a secret, and has a default for the rest", () => {
    expect(parseSettings(required)).toMatchObject({
      ok: true,
      value: {
        port: 3000,
        host: null,
        publicUrl: null,
        trustProxy: false,
        servedParts: "all",
        firstAdmin: null,
        failedAuthPerMinute: 300,
        sharedApps: {},
        usageRetentionDays: 90,
        metricsToken: null,
        drainSeconds: 0,
        databaseDirectUrl: null,
        keepAliveSeconds: 75,
      },
    });
    expect(parseSettings({ ...required, NEXTAUTH_SECRET: undefined, LATCHKEY_MASTER_KEY: "" })).toEqual({
      ok: false,
      error: ["LATCHKEY_MASTER_KEY is required", "NEXTAUTH_SECRET is required"],
    });
  });

  it("lists every error and repeats no value", () => {
    const result = parseSettings({
      PORT: "eighty",
      DATABASE_URL: "mysql://secret@host/db",
      LATCHKEY_MASTER_KEY: "secret",
      NEXTAUTH_SECRET: "secret",
      LATCHKEY_URL: "secret",
      LATCHKEY_SERVE: "secret",
      LATCHKEY_SHARED_APPS: '{"github":{"client_id":"secret"}}',
      LATCHKEY_FAILED_AUTH_PER_MINUTE: "-1",
      LATCHKEY_USAGE_RETENTION_DAYS: "0",
      LATCHKEY_METRICS_TOKEN: "secret",
      LATCHKEY_DRAIN_SECONDS: "301",
      LATCHKEY_DATABASE_DIRECT_URL: "mysql://secret@host/db",
      LATCHKEY_KEEP_ALIVE_SECONDS: "0",
      LATCHKEY_ADMIN_PASSWORD: "secret",
    });
    expect(result.ok ? [] : result.error.map((line) => line.split(" ")[0]).sort()).toEqual([
      "DATABASE_URL",
      "LATCHKEY_ADMIN_EMAIL",
      "LATCHKEY_ADMIN_PASSWORD",
      "LATCHKEY_DATABASE_DIRECT_URL",
      "LATCHKEY_DRAIN_SECONDS",
      "LATCHKEY_FAILED_AUTH_PER_MINUTE",
      "LATCHKEY_KEEP_ALIVE_SECONDS",
      "LATCHKEY_MASTER_KEY",
      "LATCHKEY_METRICS_TOKEN",
      "LATCHKEY_SERVE",
      "LATCHKEY_SHARED_APPS",
      "LATCHKEY_URL",
      "LATCHKEY_USAGE_RETENTION_DAYS",
      "NEXTAUTH_SECRET",
      "PORT",
    ]);
    expect(JSON.stringify(result)).not.toContain("secret");
  });

  it.each(["0", "65536", "80.5", "-1"])("rejects the port %s", (port) => {
    expect(parseSettings({ ...required, PORT: port }).ok).toBe(false);
  });
});

describe("parseBootstrapSettings", () => {
  const folder = (env: Record<string, string>) => {
    const result = parseBootstrapSettings(env);
    return result.ok ? result.value.dataFolder : result.error;
  };

  it("has no data folder when DATABASE_URL is set, and an absolute path otherwise", () => {
    expect(folder(required)).toBe(null);
    expect(folder({ DATABASE_URL: "" })).toBe(path.resolve(".data"));
    expect(folder({ LATCHKEY_DATA_DIR: "/srv/keys" })).toBe("/srv/keys");
  });

  it("validates the other settings too", () => {
    expect(folder({ PORT: "x", LATCHKEY_TRUST_PROXY: "perhaps" })).toEqual([
      "PORT must be a number",
      "LATCHKEY_TRUST_PROXY must be true or false",
    ]);
    expect(parseBootstrapSettings({ DATABASE_URL: required.DATABASE_URL }).ok).toBe(false);
  });
});
