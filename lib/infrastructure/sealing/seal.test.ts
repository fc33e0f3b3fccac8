import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { seal, unseal } from "./seal";

const masterKey = randomBytes(32);

describe("a sealed value", () => {
  it("is unsealed with its master key and context, and contains no plaintext", () => {
    const sealed = seal(masterKey, "api_key:7", "lk_test_secret é");
    expect(unseal(masterKey, "api_key:7", sealed)).toBe("lk_test_secret é");
    expect(sealed.includes("secret")).toBe(false);
  });

  it("differs for the same plaintext", () => {
    expect(seal(masterKey, "a:1", "same")).not.toEqual(seal(masterKey, "a:1", "same"));
  });

  it("cannot be unsealed with another context or key, or with any byte changed", () => {
    const sealed = seal(masterKey, "api_key:7", "secret");
    expect(() => unseal(masterKey, "api_key:8", sealed)).toThrow();
    expect(() => unseal(randomBytes(32), "api_key:7", sealed)).toThrow();
    for (let index = 0; index < sealed.length; index += 1) {
      const damaged = Buffer.from(sealed);
      damaged[index] = (damaged[index] ?? 0) ^ 1;
      expect(() => unseal(masterKey, "api_key:7", damaged), `byte ${index}`).toThrow();
    }
    expect(() => unseal(masterKey, "api_key:7", sealed.subarray(0, 12))).toThrow();
  });
});
