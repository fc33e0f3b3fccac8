import { randomBytes } from "node:crypto";
import { crc32 } from "./crc32";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const bodyLength = 43;
const checksumLength = 6;

export type KeyPrefix = "lk_live_" | "lk_test_";

const format = /^lk_(?:live|test)_[0-9A-Za-z]{49}$/;

export const keyLength = "lk_live_".length + bodyLength + checksumLength;

/**
 * A new key: prefix, 43 base62 characters that carry 256 random bits (62^43 > 2^256), and 6 of CRC32 checksum over
 * all before it, so that a damaged copy is told apart from an unknown key without a look-up (product, "Keys at rest").
 */
export function generateKey(isProduction: boolean): string {
  const prefix: KeyPrefix = isProduction ? "lk_live_" : "lk_test_";
  const unsigned = prefix + toBase62(BigInt(`0x${randomBytes(32).toString("hex")}`), bodyLength);
  return unsigned + checksum(unsigned);
}

export type KeyFormatCheck = "valid" | "wrong_format" | "wrong_checksum";

/** Looks only at the characters: no hash, no database. */
export function checkKeyFormat(key: string): KeyFormatCheck {
  if (key.length !== keyLength || !format.test(key)) return "wrong_format";
  return checksum(key.slice(0, -checksumLength)) === key.slice(-checksumLength) ? "valid" : "wrong_checksum";
}

export function prefixOf(key: string): KeyPrefix {
  return key.startsWith("lk_live_") ? "lk_live_" : "lk_test_";
}

export function lastFourOf(key: string): string {
  return key.slice(-4);
}

function checksum(text: string): string {
  let rest = crc32(text);
  let digits = "";
  while (digits.length < checksumLength) {
    digits = (alphabet[rest % 62] ?? "") + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

function toBase62(value: bigint, length: number): string {
  let rest = value;
  let text = "";
  while (text.length < length) {
    text = (alphabet[Number(rest % 62n)] ?? "") + text;
    rest /= 62n;
  }
  return text;
}
