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

async function environment(name: string, isProduction = false) {
  const made = await insertEnvironment(db, { name, isProduction });
  if (made === null) throw new Error(`${name} exists`);
  return made;
}

async function made(result: Awaited<ReturnType<typeof createApiKey>>) {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const auditOf = (environmentId: number) =>
  pool<{ action: string; subject_name: string; detail: unknown }[]>`
    select action, subject_name, detail from audit_events where environment_id = ${environmentId} order by id`;

test("a new key has its environment's prefix, a good checksum and nothing in clear in its row", async () => {
  const live = await made(
    await createApiKey(db, masterKey, await environment("live", true), actor, { displayName: "A", grants }),
  );
  const trial = await made(
    await createApiKey(db, masterKey, await environment("trial"), actor, { displayName: "A", grants }),
  );
  expect(live.secret).toMatch(/^lk_live_/);
  expect(trial.secret).toMatch(/^lk_test_/);
  expect(checkKeyFormat(live.secret)).toBe("valid");
  const [row] = await pool`select api_keys::text as everything from api_keys where id = ${live.summary.id}`;
  expect(String(row?.everything)).not.toContain(live.secret.slice(8, -4));
});

test("of creates with one name at once, in any letter case, one succeeds", async () => {
  const place = await environment("same-name");
  const results = await Promise.all(
    ["CI", "ci", "Ci", "CI", "cI"].map((displayName) =>
      createApiKey(db, masterKey, place, actor, { displayName, grants }),
    ),
  );
  expect(results.filter((result) => result.ok)).toHaveLength(1);
  expect(results.filter((result) => !result.ok && result.error.code === "duplicate_name")).toHaveLength(4);
  expect(await listApiKeys(db, place.id)).toHaveLength(1);
});

test("creates at once stop at the limit, and a delete makes room", async () => {
  const place = await environment("full");
  const results = await Promise.all(
    Array.from({ length: maxKeysPerEnvironment + 10 }, (_, at) =>
      createApiKey(db, masterKey, place, actor, { displayName: `Key ${at}`, grants }),
    ),
  );
  const keys = results.flatMap((result) => (result.ok ? [result.value.summary] : []));
  expect(keys).toHaveLength(maxKeysPerEnvironment);
  expect(results.filter((result) => !result.ok && result.error.code === "too_many_keys")).toHaveLength(10);

  expect((await deleteApiKey(db, place, actor, keys[0]?.id ?? 0)).ok).toBe(true);
  expect((await createApiKey(db, masterKey, place, actor, { displayName: "One more", grants })).ok).toBe(
    true,
  );
});

test("each change is audited once, with before and after, and never with the secret", async () => {
  const place = await environment("audited");
  const { summary, secret } = await made(
    await createApiKey(db, masterKey, place, actor, { displayName: "First", grants }),
  );
  const { id } = summary;
  await editApiKey(db, place, actor, { id, displayName: "Second", grants: ["environment:mcp"] });
  await editApiKey(db, place, actor, { id, displayName: "Second", grants: ["environment:mcp"] });
  const shown = await revealApiKey(db, masterKey, place, actor, { id, how: "reveal" });
  const copied = await revealApiKey(db, masterKey, place, actor, { id, how: "copy" });
  await deleteApiKey(db, place, actor, id);

  expect(shown).toEqual({ ok: true, value: secret });
  expect(copied).toEqual({ ok: true, value: secret });
  const entries = await auditOf(place.id);
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

test("a key of another environment does not exist, and is not touched", async () => {
  const mine = await environment("mine");
  const other = await environment("other");
  const { summary } = await made(
    await createApiKey(db, masterKey, other, actor, { displayName: "Theirs", grants }),
  );
  const { id } = summary;
  const refused = { ok: false, error: { code: "not_found" } };
  expect(await editApiKey(db, mine, actor, { id, displayName: "X", grants })).toMatchObject(refused);
  expect(await revealApiKey(db, masterKey, mine, actor, { id, how: "copy" })).toMatchObject(refused);
  expect(await deleteApiKey(db, mine, actor, id)).toMatchObject(refused);
  expect(await listApiKeys(db, other.id)).toEqual([summary]);
  expect(await auditOf(mine.id)).toHaveLength(0);
});

test("the database itself refuses a key without a grant, and any change of the audit log", async () => {
  const place = await environment("guarded");
  const { summary } = await made(
    await createApiKey(db, masterKey, place, actor, { displayName: "A", grants }),
  );
  const { id } = summary;
  await expect(pool`update api_keys set scopes = '{}' where id = ${id}`).rejects.toThrow("scopes_explicit");
  await expect(
    pool`update api_keys set scopes = '{environment:*,environment:mcp}' where id = ${id}`,
  ).rejects.toThrow("full_access_alone");
  await expect(pool`update audit_events set actor_name = 'nobody'`).rejects.toThrow("append-only");
  await expect(pool`delete from audit_events`).rejects.toThrow("append-only");
  await expect(pool`truncate audit_events`).rejects.toThrow("append-only");
});
