import { randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const randomLength = 43;
const checksumLength = 6;

export type KeyPrefix = "lk_live_" | "lk_test_";

const format = /^lk_(?:live|test)_[0-9A-Za-z]{49}$/;

export const keyLength = "lk_live_".length + randomLength + checksumLength;

/**
 * Generates a key: the prefix, 43 base62 characters for 256 random bits (62^43 > 2^256), and 6 characters for
 * the CRC-32 of both. With the checksum a damaged copy is recognized without a look-up.
 */
export function generateKey(isProduction: boolean): string {
  const prefix: KeyPrefix = isProduction ? "lk_live_" : "lk_test_";
  const withoutChecksum = prefix + toBase62(BigInt(`0x${randomBytes(32).toString("hex")}`), randomLength);
  return withoutChecksum + checksum(withoutChecksum);
}

export type KeyFormatCheck = "valid" | "wrong_format" | "wrong_checksum";

/** Checks the format and the checksum of a key, without a look-up. */
export function checkKeyFormat(key: string): KeyFormatCheck {
  if (key.length !== keyLength || !format.test(key)) return "wrong_format";
  return checksum(key.slice(0, -checksumLength)) === key.slice(-checksumLength) ? "valid" : "wrong_checksum";
}

/** Returns the prefix of a key whose format is valid. */
export function prefixOf(key: string): KeyPrefix {
  return key.startsWith("lk_live_") ? "lk_live_" : "lk_test_";
}

export function lastFourOf(key: string): string {
  return key.slice(-4);
}

function checksum(text: string): string {
  let remainder = crc32(text);
  let digits = "";
  while (digits.length < checksumLength) {
    digits = (alphabet[remainder % 62] ?? "") + digits;
    remainder = Math.floor(remainder / 62);
  }
  return digits;
}

function toBase62(value: bigint, length: number): string {
  let remainder = value;
  let digits = "";
  while (digits.length < length) {
    digits = (alphabet[Number(remainder % 62n)] ?? "") + digits;
    remainder /= 62n;
  }
  return digits;
}
