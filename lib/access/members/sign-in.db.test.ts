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

async function person(): Promise<{ readonly id: number; readonly email: string }> {
  const email = `${crypto.randomUUID()}@latchkey.test`;
  const passwordHash = await hashPassword(password);
  const added = await addMember(test.db, system, { email, role: "viewer", passwordHash });
  if (!added.ok) throw new Error(added.error.message);
  return added.value;
}

const from = (address: string | null) => ({ address, userAgent: "test" });
const wrong = (email: string, address: string | null) =>
  signIn(test.db, from(address), { email, password: "not the password" });
const right = (email: string, address: string | null) => signIn(test.db, from(address), { email, password });

/** Failures that lie `minutes` back; the table refuses updates, so they are written with their time. */
async function failuresBefore(count: number, minutes: number, email: string, address: string): Promise<void> {
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
  it("opens a session for the right password and writes down both outcomes", async () => {
    const { id, email } = await person();
    expect(await wrong(email, "10.0.0.1")).toEqual({ ok: false, error: { code: "wrong" } });
    expect(await right(email.toUpperCase(), "10.0.0.1")).toEqual({
      ok: true,
      value: { memberId: id, sessionEpoch: 0 },
    });
    expect(await entriesOf(email)).toEqual(["sign_in.failure", "sign_in.success"]);
  });

  it("says the same of nobody, and keeps no text that is not an e-mail address", async () => {
    expect(await wrong("nobody@latchkey.test", "10.0.0.2")).toEqual({ ok: false, error: { code: "wrong" } });
    expect(await wrong("my-secret-password", "10.0.0.2")).toEqual({ ok: false, error: { code: "wrong" } });
    expect(await entriesOf("my-secret-password")).toEqual([]);
    expect(await entriesOf("not an e-mail address")).toEqual(["sign_in.failure"]);
  });

  it("is closed to one who has no password yet", async () => {
    const email = `${crypto.randomUUID()}@latchkey.test`;
    await addMember(test.db, system, { email, role: "admin", passwordHash: null });
    expect(await wrong(email, "10.0.0.3")).toEqual({ ok: false, error: { code: "wrong" } });
  });
});

describe("too many failures", () => {
  it("refuse the right password from there, not from elsewhere and not another person's", async () => {
    const [{ email }, other] = [await person(), await person()];
    await failuresBefore(11, 3, email, "10.0.1.1");
    expect(await right(email, "10.0.1.1")).toEqual({ ok: false, error: { code: "throttled", minutes: 12 } });
    expect(await right(email, "10.0.1.2")).toMatchObject({ ok: true });
    expect(await right(other.email, "10.0.1.1")).toMatchObject({ ok: true });
  });

  it("are more than ten of one e-mail address within fifteen minutes", async () => {
    const { email } = await person();
    await failuresBefore(10, 3, email, "10.0.2.1");
    await failuresBefore(40, 16, email, "10.0.2.1");
    expect(await right(email, "10.0.2.1")).toMatchObject({ ok: true });
  });

  it("are more than fifty from one address, whoever was tried", async () => {
    const { email } = await person();
    await failuresBefore(50, 3, "somebody@latchkey.test", "10.0.3.1");
    expect(await right(email, "10.0.3.1")).toMatchObject({ ok: true });
    await failuresBefore(1, 2, "somebody@latchkey.test", "10.0.3.1");
    expect(await right(email, "10.0.3.1")).toMatchObject({ error: { code: "throttled" } });
  });

  it("count the same when many come at once", async () => {
    const { email } = await person();
    const answers = await Promise.all(Array.from({ length: 25 }, () => wrong(email, "10.0.4.1")));
    const codes = answers.map((answer) => (answer.ok ? "ok" : answer.error.code));
    expect(codes.filter((code) => code === "wrong")).toHaveLength(11);
    expect(codes.filter((code) => code === "throttled")).toHaveLength(14);
  });

  it("are counted where no address is known, too", async () => {
    const { email } = await person();
    for (let attempt = 0; attempt < 11; attempt += 1) await wrong(email, null);
    expect(await right(email, null)).toMatchObject({ error: { code: "throttled" } });
  });
});

describe("a one-time link", () => {
  it("signs in once and ends the sessions that the former password opened", async () => {
    const { id, email } = await person();
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
    expect(await right(email, "10.0.5.1")).toMatchObject({ ok: false });
  });
});
