import { beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { addMember } from "./lifecycle";
import { hashPassword } from "./password";
import { issueSetupLink } from "./setup-link";
import { signIn, signInBySetupLink } from "./sign-in";
import { findSessionMember } from "./store";

let test: TestDatabase;
const password = "correct horse battery";
const system = { kind: "system", name: "test", address: null, userAgent: null } as const;

beforeAll(async () => {
  test = await testDatabase();
});

async function makeMember(): Promise<{ readonly id: number; readonly email: string }> {
  const email = `${crypto.randomUUID()}@latchkey.test`;
  const passwordHash = await hashPassword(password);
  const added = await addMember(test.db, system, { email, role: "viewer", passwordHash });
  if (!added.ok) throw new Error(added.error.message);
  return added.value;
}

const from = (address: string | null) => ({ address, userAgent: "test" });
const signInWithWrongPassword = (email: string, address: string | null) =>
  signIn(test.db, from(address), { email, password: "not the password" });
const signInWithRightPassword = (email: string, address: string | null) =>
  signIn(test.db, from(address), { email, password });

/** Inserts failures `minutes` ago. The table rejects updates, so they are inserted with their time. */
async function insertFailures(count: number, minutes: number, email: string, address: string): Promise<void> {
  await test.pool`
    insert into audit_events (action, actor_kind, actor_name, address, at)
    select 'sign_in.failure', 'anonymous', ${email}, ${address}, now() - make_interval(mins => ${minutes})
    from generate_series(1, ${count})`;
}

async function entriesOf(email: string): Promise<string[]> {
  const rows = await test.pool<{ action: string }[]>`
    select action from audit_events where actor_name = ${email} order by id`;
  return rows.map(({ action }) => action);
}

describe("signing in", () => {
  it("returns the member for the right password and audits both outcomes", async () => {
    const { id, email } = await makeMember();
    expect(await signInWithWrongPassword(email, "10.0.0.1")).toEqual({
      ok: false,
      error: { code: "invalid_credentials" },
    });
    expect(await signInWithRightPassword(email.toUpperCase(), "10.0.0.1")).toEqual({
      ok: true,
      value: { memberId: id, sessionEpoch: 0 },
    });
    expect(await entriesOf(email)).toEqual(["sign_in.failure", "sign_in.success"]);
  });

  it("gives the same error for an unknown e-mail address, and stores no text that is not one", async () => {
    expect(await signInWithWrongPassword("unknown@latchkey.test", "10.0.0.2")).toEqual({
      ok: false,
      error: { code: "invalid_credentials" },
    });
    expect(await signInWithWrongPassword("my-secret-password", "10.0.0.2")).toEqual({
      ok: false,
      error: { code: "invalid_credentials" },
    });
    expect(await entriesOf("my-secret-password")).toEqual([]);
    expect(await entriesOf("not an e-mail address")).toEqual(["sign_in.failure"]);
  });

  it("fails for a member without a password", async () => {
    const email = `${crypto.randomUUID()}@latchkey.test`;
    await addMember(test.db, system, { email, role: "admin", passwordHash: null });
    expect(await signInWithWrongPassword(email, "10.0.0.3")).toEqual({
      ok: false,
      error: { code: "invalid_credentials" },
    });
  });
});

describe("too many failures", () => {
  it("reject the right password from the same address only, and for the same member only", async () => {
    const [{ email }, other] = [await makeMember(), await makeMember()];
    await insertFailures(11, 3, email, "10.0.1.1");
    expect(await signInWithRightPassword(email, "10.0.1.1")).toEqual({
      ok: false,
      error: { code: "throttled", minutes: 12 },
    });
    expect(await signInWithRightPassword(email, "10.0.1.2")).toMatchObject({ ok: true });
    expect(await signInWithRightPassword(other.email, "10.0.1.1")).toMatchObject({ ok: true });
  });

  it("are more than ten of one e-mail address within fifteen minutes", async () => {
    const { email } = await makeMember();
    await insertFailures(10, 3, email, "10.0.2.1");
    await insertFailures(40, 16, email, "10.0.2.1");
    expect(await signInWithRightPassword(email, "10.0.2.1")).toMatchObject({ ok: true });
  });

  it("are more than fifty from one address, for any e-mail address", async () => {
    const { email } = await makeMember();
    await insertFailures(50, 3, "other@latchkey.test", "10.0.3.1");
    expect(await signInWithRightPassword(email, "10.0.3.1")).toMatchObject({ ok: true });
    await insertFailures(1, 2, "other@latchkey.test", "10.0.3.1");
    expect(await signInWithRightPassword(email, "10.0.3.1")).toMatchObject({ error: { code: "throttled" } });
  });

  it("are counted correctly when sign-ins are concurrent", async () => {
    const { email } = await makeMember();
    const answers = await Promise.all(
      Array.from({ length: 25 }, () => signInWithWrongPassword(email, "10.0.4.1")),
    );
    const codes = answers.map((answer) => (answer.ok ? "ok" : answer.error.code));
    expect(codes.filter((code) => code === "invalid_credentials")).toHaveLength(11);
    expect(codes.filter((code) => code === "throttled")).toHaveLength(14);
  });

  it("are also counted without a known address", async () => {
    const { email } = await makeMember();
    for (let attempt = 0; attempt < 11; attempt += 1) await signInWithWrongPassword(email, null);
    expect(await signInWithRightPassword(email, null)).toMatchObject({ error: { code: "throttled" } });
  });
});

describe("a one-time link", () => {
  it("signs in once and invalidates the sessions of the old password", async () => {
    const { id, email } = await makeMember();
    const path = await issueSetupLink(test.db, id, new Date());
    const token = new URL(path, "http://x").searchParams.get("token") ?? "";
    const use = () =>
      signInBySetupLink(
        test.db,
        from("10.0.5.1"),
        { token, email: null, password: "another password" },
        new Date(),
      );
    expect(await use()).toEqual({ ok: true, value: { memberId: id, sessionEpoch: 1 } });
    expect(await use()).toMatchObject({ ok: false, error: { code: "link_invalid" } });
    expect(await findSessionMember(test.db, id, 0)).toBeNull();
    expect(await findSessionMember(test.db, id, 1)).toMatchObject({ email });
    expect(await signInWithRightPassword(email, "10.0.5.1")).toMatchObject({ ok: false });
  });
});
