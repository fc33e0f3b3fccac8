import { hash, verify } from "@node-rs/argon2";

// argon2id is the library's default. Parameters of OWASP's Password Storage Cheat Sheet: 19 MiB, 2, 1.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes a password with argon2id and a random salt. Returns the PHC string format. */
export async function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

let dummyHash: Promise<string> | undefined;

/**
 * True if the password matches. Takes the same time when `passwordHash` is null (no such member, or no
 * password yet), so that the response time does not reveal which members exist.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  dummyHash ??= hashPassword(crypto.randomUUID());
  const matches = await verify(passwordHash ?? (await dummyHash), password);
  return passwordHash !== null && matches;
}
