import { randomBytes } from "node:crypto";
import { crc32 } from "./crc32";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const bodyLength = 43;
const checksumLength = 6;

export type KeyPrefix = "lk_live_" | "lk_test_";

const format = /^lk_(?:live|test)_[0-9A-Za-z]{49}$/;

export const keyLength = "lk_live_".length + bodyLength + checksumLength;

/**
 * Generates a key: prefix, 43 base62 characters for 256 random bits (62^43 > 2^256), and a CRC-32 checksum of
 * all of this in 6 characters, so that a damaged copy is distinguished from an unknown key without a look-up.
 */
export function generateKey(isProduction: boolean): string {
  const prefix: KeyPrefix = isProduction ? "lk_live_" : "lk_test_";
  const unsigned = prefix + toBase62(BigInt(`0x${randomBytes(32).toString("hex")}`), bodyLength);
  return unsigned + checksum(unsigned);
}

export type KeyFormatCheck = "valid" | "wrong_format" | "wrong_checksum";

/** Checks the format and checksum of a key. Uses neither the hash nor the database. */
export function checkKeyFormat(key: string): KeyFormatCheck {
  if (key.length !== keyLength || !format.test(key)) return "wrong_format";
  return checksum(key.slice(0, -checksumLength)) === key.slice(-checksumLength) ? "valid" : "wrong_checksum";
}

/** Returns the prefix of a well-formed key. */
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
