import { hash, verify } from "@node-rs/argon2";

// The library's default is argon2id. The values are those of OWASP's Password Storage Cheat Sheet: 19 MiB of
// memory, 2 iterations, 1 thread.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes a password with argon2id and a random salt. Returns a string in PHC format. */
export async function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

let dummyHash: Promise<string> | undefined;

/**
 * True if the password matches the hash. False if the hash is null: there is no such member, or the member
 * has no password yet. This takes the same time, so that the response time does not reveal which members
 * exist.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  dummyHash ??= hashPassword(crypto.randomUUID());
  const matches = await verify(passwordHash ?? (await dummyHash), password);
  return passwordHash !== null && matches;
}
