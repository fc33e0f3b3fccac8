import { describe, expect, it } from "vitest";
import { hashKeyHex } from "@/lib/access/api-keys/hash-key";
import { generateKey } from "@/lib/access/api-keys/key-format";
import { authenticate, type StoredKey } from "./authenticate";

const now = new Date("2026-05-01T12:00:00Z");

function keys(...stored: readonly (readonly [secret: string, key: StoredKey])[]) {
  const lookedUp: string[] = [];
  const byHash = new Map(stored.map(([secret, key]) => [hashKeyHex(secret), key]));
  const lookup = async (hash: string) => {
    lookedUp.push(hash);
    return byHash.get(hash) ?? null;
  };
  return { lookup, lookedUp };
}

const key = (expiresAt: Date | null): StoredKey => ({
  keyId: 7,
  environmentId: 3,
  grants: ["environment:deploy"],
  expiresAt,
});

describe("authenticate", () => {
  it("returns the principal of a stored key", async () => {
    const secret = generateKey(true);
    const result = await authenticate(secret, keys([secret, key(null)]).lookup, now);
    expect(result).toMatchObject({
      ok: true,
      value: { keyId: 7, environmentId: 3, grants: ["environment:deploy"] },
    });
  });

  it("looks up a key only if its format and checksum are valid", async () => {
    const { lookup, lookedUp } = keys();
    const secret = generateKey(false);
    const altered = secret.replace("lk_test_", "lk_live_");
    for (const token of ["x", `${secret}x`, secret.slice(0, -1), altered]) {
      expect(await authenticate(token, lookup, now), token).toMatchObject({ ok: false });
    }
    expect(lookedUp).toEqual([]);
    expect(await authenticate(secret, lookup, now)).toMatchObject({
      ok: false,
      error: { code: "unknown_account" },
    });
    expect(lookedUp).toEqual([hashKeyHex(secret)]);
  });

  it("reports a wrong checksum as a truncated copy", async () => {
    const secret = generateKey(false).replace("lk_test_", "lk_live_");
    const result = await authenticate(secret, keys().lookup, now);
    expect(result).toMatchObject({
      ok: false,
      error: { code: "invalid_secret_key_format", message: expect.stringContaining("truncated") },
    });
  });

  it("rejects a key from the instant of its expiry on, not before", async () => {
    const secret = generateKey(false);
    const at = (ms: number) =>
      authenticate(secret, keys([secret, key(new Date(now.getTime() + ms))]).lookup, now);
    expect(await at(1)).toMatchObject({ ok: true });
    expect(await at(0)).toMatchObject({ ok: false, error: { code: "expired_key" } });
    expect(await at(-1)).toMatchObject({ ok: false, error: { code: "expired_key" } });
  });

  it("rejects when the look-up fails, and authenticates no key", async () => {
    const lookup = () => Promise.reject(new Error("unreachable"));
    await expect(authenticate(generateKey(false), lookup, now)).rejects.toThrow("unreachable");
  });
});
