import { randomBytes } from "node:crypto";
import pino from "pino";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import type { Grant } from "@/lib/access/scopes/catalog";
import { createEnvironmentApi, type EnvironmentApiOptions } from "@/lib/environment-api/app";
import { createOutboundPolicy } from "@/lib/infrastructure/net/outbound-policy";
import { testDatabase } from "./database";

export type TestResponse = { readonly status: number; readonly headers: Headers; readonly body: unknown };

/**
 * Sets up the environment API in this process, with a real database for the test file. `lines` contains the
 * lines of its log.
 */
export async function testApi(options: EnvironmentApiOptions = {}) {
  const { db, pool, url } = await testDatabase();
  const masterKey = randomBytes(32);
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => lines.push(line) });
  const app = createEnvironmentApi({
    db,
    masterKey,
    log,
    outbound: createOutboundPolicy(true),
    failedAuthPerMinute: 0,
    getFunctionRunner: () => null,
    ...options,
  });
  const environment = await makeTestEnvironment(db, false);

  async function call(path: string, init: RequestInit = {}): Promise<TestResponse> {
    const response = await app.request(path, init);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === "" ? null : JSON.parse(text),
    };
  }
  const keyWith = (...grants: Grant[]) => makeTestKey(db, masterKey, environment, grants);
  return { app, db, pool, url, log, masterKey, environment, lines, call, keyWith };
}

/** Returns the Authorization header for a secret. */
export function bearer(secret: string): { readonly authorization: string } {
  return { authorization: `Bearer ${secret}` };
}
