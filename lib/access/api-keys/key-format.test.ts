import { crc32 as zlibCrc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32 } from "./crc32";
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

  it("detects any changed character and any two swapped neighbors", () => {
    const key = generateKey(false);
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: keyLength - 1 }),
        fc.constantFrom(..."0aZ9z"),
        (at, character) => {
          fc.pre(key[at] !== character);
          expect(checkKeyFormat(key.slice(0, at) + character + key.slice(at + 1))).toBe("wrong_checksum");
        },
      ),
    );
    for (let at = 8; at < keyLength - 1; at += 1) {
      const swapped = key.slice(0, at) + (key[at + 1] ?? "") + (key[at] ?? "") + key.slice(at + 2);
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

describe("crc32", () => {
  it("has the published check value", () => {
    expect(crc32("123456789")).toBe(0xcbf43926);
  });

  it.runIf(typeof zlibCrc32 === "function")("agrees with zlib", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary-ascii" }), (text) => {
        expect(crc32(text)).toBe(zlibCrc32(text));
      }),
    );
  });
});

it("masks all but the prefix and the last four characters of a key", () => {
  const key = generateKey(false);
  const mask = maskKey(prefixOf(key), lastFourOf(key));
  expect(mask).toBe(`lk_test_…${key.slice(-4)}`);
  expect(mask).toHaveLength(13);
});
