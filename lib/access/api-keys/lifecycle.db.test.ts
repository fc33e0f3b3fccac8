import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { Actor } from "@/lib/access/audit/model";
import { insertEnvironment } from "@/lib/access/environments/store";
import { testDatabase } from "@/lib/testing/database";
import { checkKeyFormat } from "./key-format";
import { createApiKey, deleteApiKey, editApiKey, revealApiKey } from "./lifecycle";
import { maxKeysPerEnvironment } from "./model";
import { listApiKeys } from "./store";

const { db, pool } = await testDatabase();
const masterKey = randomBytes(32);
const actor: Actor = { kind: "member", name: "ada@example.com", address: "192.0.2.1", userAgent: "test" };
const grants = ["environment:deploy"] as const;

async function makeEnvironment(name: string, isProduction = false) {
  const environment = await insertEnvironment(db, { name, isProduction });
  if (environment === null) throw new Error(`${name} exists`);
  return environment;
}

async function unwrap(result: Awaited<ReturnType<typeof createApiKey>>) {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const auditOf = (environmentId: number) =>
  pool<{ action: string; subject_name: string; detail: unknown }[]>`
    select action, subject_name, detail from audit_events where environment_id = ${environmentId} order by id`;

test("a new key has its environment's prefix, a valid checksum and no plaintext in its row", async () => {
  const liveKey = await unwrap(
    await createApiKey(db, masterKey, await makeEnvironment("live", true), actor, {
      displayName: "A",
      grants,
    }),
  );
  const testKey = await unwrap(
    await createApiKey(db, masterKey, await makeEnvironment("testing"), actor, { displayName: "A", grants }),
  );
  expect(liveKey.secret).toMatch(/^lk_live_/);
  expect(testKey.secret).toMatch(/^lk_test_/);
  expect(checkKeyFormat(liveKey.secret)).toBe("valid");
  const [row] =
    await pool`select api_keys::text as everything from api_keys where id = ${liveKey.summary.id}`;
  expect(String(row?.everything)).not.toContain(liveKey.secret.slice(8, -4));
});

test("of concurrent creates with the same name in any letter case, one succeeds", async () => {
  const environment = await makeEnvironment("same-name");
  const results = await Promise.all(
    ["CI", "ci", "Ci", "CI", "cI"].map((displayName) =>
      createApiKey(db, masterKey, environment, actor, { displayName, grants }),
    ),
  );
  expect(results.filter((result) => result.ok)).toHaveLength(1);
  expect(results.filter((result) => !result.ok && result.error.code === "duplicate_name")).toHaveLength(4);
  expect(await listApiKeys(db, environment.id)).toHaveLength(1);
});

test("concurrent creates stop at the limit, and a delete allows another", async () => {
  const environment = await makeEnvironment("full");
  const results = await Promise.all(
    Array.from({ length: maxKeysPerEnvironment + 10 }, (_, index) =>
      createApiKey(db, masterKey, environment, actor, { displayName: `Key ${index}`, grants }),
    ),
  );
  const keys = results.flatMap((result) => (result.ok ? [result.value.summary] : []));
  expect(keys).toHaveLength(maxKeysPerEnvironment);
  expect(results.filter((result) => !result.ok && result.error.code === "too_many_keys")).toHaveLength(10);

  expect((await deleteApiKey(db, environment, actor, keys[0]?.id ?? 0)).ok).toBe(true);
  expect(
    (await createApiKey(db, masterKey, environment, actor, { displayName: "One more", grants })).ok,
  ).toBe(true);
});

test("each change is audited once, with the values before and after, without the secret", async () => {
  const environment = await makeEnvironment("audited");
  const { summary, secret } = await unwrap(
    await createApiKey(db, masterKey, environment, actor, { displayName: "First", grants }),
  );
  const { id } = summary;
  await editApiKey(db, environment, actor, { id, displayName: "Second", grants: ["environment:mcp"] });
  await editApiKey(db, environment, actor, { id, displayName: "Second", grants: ["environment:mcp"] });
  const shown = await revealApiKey(db, masterKey, environment, actor, { id, how: "reveal" });
  const copied = await revealApiKey(db, masterKey, environment, actor, { id, how: "copy" });
  await deleteApiKey(db, environment, actor, id);

  expect(shown).toEqual({ ok: true, value: secret });
  expect(copied).toEqual({ ok: true, value: secret });
  const entries = await auditOf(environment.id);
  expect(entries).toMatchObject([
    { action: "api_key.create", subject_name: "First", detail: { after: grants } },
    { action: "api_key.rename", detail: { before: "First", after: "Second" } },
    { action: "api_key.change_scopes", detail: { before: grants, after: ["environment:mcp"] } },
    { action: "api_key.reveal", subject_name: "Second" },
    { action: "api_key.copy" },
    { action: "api_key.delete", detail: { before: ["environment:mcp"] } },
  ]);
  expect(JSON.stringify(entries)).not.toContain(secret.slice(8));
});

test("a key of another environment is not found and not changed", async () => {
  const own = await makeEnvironment("own");
  const other = await makeEnvironment("other");
  const { summary } = await unwrap(
    await createApiKey(db, masterKey, other, actor, { displayName: "Other", grants }),
  );
  const { id } = summary;
  const notFound = { ok: false, error: { code: "not_found" } };
  expect(await editApiKey(db, own, actor, { id, displayName: "X", grants })).toMatchObject(notFound);
  expect(await revealApiKey(db, masterKey, own, actor, { id, how: "copy" })).toMatchObject(notFound);
  expect(await deleteApiKey(db, own, actor, id)).toMatchObject(notFound);
  expect(await listApiKeys(db, other.id)).toEqual([summary]);
  expect(await auditOf(own.id)).toHaveLength(0);
});

test("the database itself rejects a key without a grant and any change of the audit log", async () => {
  const environment = await makeEnvironment("guarded");
  const { summary } = await unwrap(
    await createApiKey(db, masterKey, environment, actor, { displayName: "A", grants }),
  );
  const { id } = summary;
  await expect(pool`update api_keys set scopes = '{}' where id = ${id}`).rejects.toThrow("scopes_explicit");
  await expect(
    pool`update api_keys set scopes = '{environment:*,environment:mcp}' where id = ${id}`,
  ).rejects.toThrow("full_access_alone");
  await expect(pool`update audit_events set actor_name = 'changed'`).rejects.toThrow("append-only");
  await expect(pool`delete from audit_events`).rejects.toThrow("append-only");
  await expect(pool`truncate audit_events`).rejects.toThrow("append-only");
});
