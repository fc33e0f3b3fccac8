import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const version = 1;
const ivBytes = 12;
const tagBytes = 16;

/**
 * Encrypts `secret` under the 32-byte master key with AES-256-GCM. Returns one version byte, a random nonce
 * of 12 bytes (NIST SP 800-38D, 8.2.2), the tag of 16 bytes, then the ciphertext. `sealContext` names the row
 * ("api_key:7") and is the associated data, so that a sealed value copied to another row cannot be unsealed.
 */
export function seal(masterKey: Buffer, sealContext: string, secret: string): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", masterKey, iv);
  cipher.setAAD(Buffer.from(sealContext));
  const text = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.from([version]), iv, cipher.getAuthTag(), text]);
}

/** Decrypts a value from `seal`. Throws when the master key, the seal context or any byte differs. */
export function unseal(masterKey: Buffer, sealContext: string, sealed: Buffer): string {
  if (sealed[0] !== version) throw new Error("Unknown version of a sealed value");
  const iv = sealed.subarray(1, 1 + ivBytes);
  const tag = sealed.subarray(1 + ivBytes, 1 + ivBytes + tagBytes);
  const decipher = createDecipheriv("aes-256-gcm", masterKey, iv, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(sealContext));
  decipher.setAuthTag(tag);
  const text = sealed.subarray(1 + ivBytes + tagBytes);
  return Buffer.concat([decipher.update(text), decipher.final()]).toString("utf8");
}
