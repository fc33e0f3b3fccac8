import { describe, expect, it } from "vitest";
import { generateKey } from "@/lib/access/api-keys/key-format";
import { hashKeyHex } from "@/lib/access/api-keys/secret";
import { authenticate, type StoredKey } from "./authenticate";

const now = new Date("2026-05-01T12:00:00Z");

function keys(...known: readonly (readonly [secret: string, key: StoredKey])[]) {
  const asked: string[] = [];
  const byHash = new Map(known.map(([secret, key]) => [hashKeyHex(secret), key]));
  const lookup = async (hash: string) => {
    asked.push(hash);
    return byHash.get(hash) ?? null;
  };
  return { lookup, asked };
}

const key = (expiresAt: Date | null): StoredKey => ({
  keyId: 7,
  environmentId: 3,
  grants: ["environment:deploy"],
  expiresAt,
});

describe("authenticate", () => {
  it("turns a known key into a principal", async () => {
    const secret = generateKey(true);
    const answer = await authenticate(secret, keys([secret, key(null)]).lookup, now);
    expect(answer).toMatchObject({
      ok: true,
      value: { keyId: 7, environmentId: 3, grants: ["environment:deploy"] },
    });
  });

  it("asks for a key only once its characters are right", async () => {
    const { lookup, asked } = keys();
    const secret = generateKey(false);
    const altered = secret.replace("lk_test_", "lk_live_");
    for (const token of ["x", `${secret}x`, secret.slice(0, -1), altered]) {
      expect(await authenticate(token, lookup, now), token).toMatchObject({ ok: false });
    }
    expect(asked).toEqual([]);
    expect(await authenticate(secret, lookup, now)).toMatchObject({
      ok: false,
      error: { code: "unknown_account" },
    });
    expect(asked).toEqual([hashKeyHex(secret)]);
  });

  it("says that a wrong checksum looks like a truncated copy", async () => {
    const secret = generateKey(false).replace("lk_test_", "lk_live_");
    const answer = await authenticate(secret, keys().lookup, now);
    expect(answer).toMatchObject({
      ok: false,
      error: { code: "invalid_secret_key_format", message: expect.stringContaining("truncated") },
    });
  });

  it("refuses from the instant of expiry on, not before", async () => {
    const secret = generateKey(false);
    const at = (ms: number) =>
      authenticate(secret, keys([secret, key(new Date(now.getTime() + ms))]).lookup, now);
    expect(await at(1)).toMatchObject({ ok: true });
    expect(await at(0)).toMatchObject({ ok: false, error: { code: "expired_key" } });
    expect(await at(-1)).toMatchObject({ ok: false, error: { code: "expired_key" } });
  });

  it("lets a look-up that fails fail, rather than let anybody in", async () => {
    const lookup = () => Promise.reject(new Error("away"));
    await expect(authenticate(generateKey(false), lookup, now)).rejects.toThrow("away");
  });
});
