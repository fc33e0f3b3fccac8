import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { open, seal } from "./seal";

const masterKey = randomBytes(32);

describe("a sealed value", () => {
  it("opens with its master key and owner, and contains no plaintext", () => {
    const sealed = seal(masterKey, "api_key:7", "lk_test_secret é");
    expect(open(masterKey, "api_key:7", sealed)).toBe("lk_test_secret é");
    expect(sealed.includes("secret")).toBe(false);
  });

  it("differs for the same plaintext", () => {
    expect(seal(masterKey, "a:1", "same")).not.toEqual(seal(masterKey, "a:1", "same"));
  });

  it("does not open for another owner, under another key, or with any byte changed", () => {
    const sealed = seal(masterKey, "api_key:7", "secret");
    expect(() => open(masterKey, "api_key:8", sealed)).toThrow();
    expect(() => open(randomBytes(32), "api_key:7", sealed)).toThrow();
    for (let at = 0; at < sealed.length; at += 1) {
      const damaged = Buffer.from(sealed);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      expect(() => open(masterKey, "api_key:7", damaged), `byte ${at}`).toThrow();
    }
    expect(() => open(masterKey, "api_key:7", sealed.subarray(0, 12))).toThrow();
  });
});
