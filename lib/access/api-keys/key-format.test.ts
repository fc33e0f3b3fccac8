import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkKeyFormat, generateKey, keyLength, lastFourOf, prefixOf } from "./key-format";
import { maskKey } from "./mask";

describe("generateKey", () => {
  it("has the prefix of its environment and 49 base62 characters", () => {
    expect(generateKey(true)).toMatch(/^lk_live_[0-9A-Za-z]{49}$/);
    expect(generateKey(false)).toMatch(/^lk_test_[0-9A-Za-z]{49}$/);
    expect(generateKey(false)).toHaveLength(keyLength);
  });

  it("never repeats a key and uses every character at every position after the first random one", () => {
    const keys = Array.from({ length: 2000 }, () => generateKey(false));
    expect(new Set(keys).size).toBe(keys.length);
    // The first position has less than a full digit (2^256 < 62^43); the others must use all 62.
    for (let position = 9; position < 51; position += 1) {
      expect(new Set(keys.map((key) => key[position])).size).toBe(62);
    }
  });
});

describe("checkKeyFormat", () => {
  it("accepts generated keys", () => {
    for (const isProduction of [true, false]) expect(checkKeyFormat(generateKey(isProduction))).toBe("valid");
  });

  it("computes the same checksum as every earlier version", () => {
    const random = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg";
    expect(checkKeyFormat(`lk_live_${random}1vsBFy`)).toBe("valid");
    expect(checkKeyFormat(`lk_live_${random}1vsBFz`)).toBe("wrong_checksum");
  });

  it("detects any changed character and any two swapped neighbors", () => {
    const key = generateKey(false);
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: keyLength - 1 }),
        fc.constantFrom(..."0aZ9z"),
        (index, character) => {
          fc.pre(key[index] !== character);
          expect(checkKeyFormat(key.slice(0, index) + character + key.slice(index + 1))).toBe(
            "wrong_checksum",
          );
        },
      ),
    );
    for (let index = 8; index < keyLength - 1; index += 1) {
      const swapped =
        key.slice(0, index) + (key[index + 1] ?? "") + (key[index] ?? "") + key.slice(index + 2);
      if (swapped !== key) expect(checkKeyFormat(swapped)).toBe("wrong_checksum");
    }
  });

  it("includes the prefix in the checksum", () => {
    expect(checkKeyFormat(generateKey(false).replace("test", "live"))).toBe("wrong_checksum");
  });

  it.each(["", "lk_test_", "nango_secret", "lk_test_…9f2a"])("rejects %j", (text) => {
    expect(checkKeyFormat(text)).toBe("wrong_format");
  });

  it("rejects truncated, longer, padded and upper-case copies", () => {
    const key = generateKey(true);
    for (const copy of [key.slice(0, -1), `${key}0`, ` ${key}`, `${key}\n`, key.toUpperCase()]) {
      expect(checkKeyFormat(copy)).toBe("wrong_format");
    }
  });
});

it("masks all but the prefix and the last four characters of a key", () => {
  const key = generateKey(false);
  const mask = maskKey(prefixOf(key), lastFourOf(key));
  expect(mask).toBe(`lk_test_…${key.slice(-4)}`);
  expect(mask).toHaveLength(13);
});
