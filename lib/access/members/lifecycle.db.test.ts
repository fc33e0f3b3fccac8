import { expect, test } from "vitest";
import type { Actor } from "@/lib/access/audit/model";
import { testDatabase } from "@/lib/testing/database";
import { ensureFirstAdmin } from "./first-admin";
import { addMember, changeMemberRole, removeMember } from "./lifecycle";
import { hashPassword, verifyPassword } from "./password";
import { issueSetupLink, readSetupLink, redeemSetupLink } from "./setup-link";
import { findMemberByEmail, findSessionMember, listMembers } from "./store";

const { db, pool } = await testDatabase();
const origin = { address: "192.0.2.1", userAgent: "test" };
const actor: Actor = { kind: "command_line", name: "root", address: null, userAgent: null };
const now = new Date("2026-11-24T12:00:00Z");
const password = "correct horse battery";
const tokenOf = (link: string) => link.replace("/setup?token=", "");

test("the first admin signs up with the newest link, once, and a later start issues no link", async () => {
  const first = await ensureFirstAdmin(db, { firstAdmin: null }, now);
  const second = await ensureFirstAdmin(db, { firstAdmin: null }, now);
  if (first.kind !== "link" || second.kind !== "link") throw new Error("no link");
  const input = { email: "ada@example.com", password };

  const old = await redeemSetupLink(db, origin, { token: tokenOf(first.path), ...input }, now);
  expect(old).toMatchObject({ ok: false, error: { code: "link_invalid" } });
  const afterExpiry = new Date(now.getTime() + 25 * 3_600_000);
  expect(await readSetupLink(db, tokenOf(second.path), afterExpiry)).toMatchObject({ ok: false });
  expect(await readSetupLink(db, tokenOf(second.path), now)).toEqual({ ok: true, value: { email: null } });

  const results = await Promise.all(
    [1, 2, 3].map((n) =>
      redeemSetupLink(
        db,
        origin,
        { token: tokenOf(second.path), email: `ada${n}@example.com`, password },
        now,
      ),
    ),
  );
  expect(results.filter((result) => result.ok)).toHaveLength(1);
  expect(await listMembers(db)).toMatchObject([{ role: "admin", hasPassword: true }]);
  expect(await ensureFirstAdmin(db, { firstAdmin: null }, now)).toEqual({ kind: "exists" });
  const [row] = await pool`select count(*)::int as links from setup_links`;
  expect(row?.links).toBe(0);
});

test("e-mail addresses are unique in any letter case, also under concurrency", async () => {
  const results = await Promise.all(
    ["bob@example.com", "Bob@Example.com", "BOB@example.com"].map((email) =>
      addMember(db, actor, { email, role: "viewer", passwordHash: null }),
    ),
  );
  expect(results.filter((result) => result.ok)).toHaveLength(1);
  expect(await findMemberByEmail(db, "bOB@example.com")).toMatchObject({ role: "viewer" });
});

test("the last admin cannot be removed or demoted, also under concurrency", async () => {
  const other = await addMember(db, actor, { email: "eve@example.com", role: "admin", passwordHash: null });
  if (!other.ok) throw new Error(other.error.message);
  const admins = (await listMembers(db)).filter(({ role }) => role === "admin");
  const results = await Promise.all([
    removeMember(db, actor, admins[0]?.id ?? 0),
    changeMemberRole(db, actor, { id: admins[1]?.id ?? 0, role: "viewer" }),
  ]);
  expect(results.map((result) => (result.ok ? "done" : result.error.code)).sort()).toEqual([
    "done",
    "last_admin",
  ]);
  expect((await listMembers(db)).filter(({ role }) => role === "admin")).toHaveLength(1);
});

test("a new password ends sessions opened with the old one", async () => {
  const added = await addMember(db, actor, {
    email: "kim@example.com",
    role: "viewer",
    passwordHash: await hashPassword("old password, long"),
  });
  if (!added.ok) throw new Error(added.error.message);
  const before = await findMemberByEmail(db, "kim@example.com");
  const epoch = before?.sessionEpoch ?? -1;
  expect(await findSessionMember(db, added.value.id, epoch)).toEqual(added.value);

  const token = tokenOf(await issueSetupLink(db, added.value.id, now));
  await redeemSetupLink(db, origin, { token, email: null, password }, now);

  expect(await findSessionMember(db, added.value.id, epoch)).toBeNull();
  const after = await findMemberByEmail(db, "kim@example.com");
  expect(await verifyPassword(after?.passwordHash ?? null, password)).toBe(true);
  expect(await verifyPassword(after?.passwordHash ?? null, "old password, long")).toBe(false);
  expect(await verifyPassword(null, password)).toBe(false);
});
