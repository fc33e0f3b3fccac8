import type { Actor } from "@/lib/access/audit/model";
import { recordAuditEvent } from "@/lib/access/audit/store";
import type { Environment } from "@/lib/access/environments/model";
import { lockEnvironment } from "@/lib/access/environments/store";
import type { Grant } from "@/lib/access/scopes/catalog";
import type { Database, Queryable } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { hashKey } from "./hash-key";
import { generateKey, lastFourOf, prefixOf } from "./key-format";
import { type ApiKeyError, type ApiKeySummary, maxKeysPerEnvironment } from "./model";
import { sealKey, unsealKey } from "./seal-key";
import {
  countApiKeys,
  deleteApiKeyRow,
  findApiKey,
  findSealedKey,
  insertApiKey,
  isNameTaken,
  nextApiKeyId,
  updateApiKey,
} from "./store";

/*
 * Changes of keys. Whoever calls these functions must authorize the actor first. Creating and editing lock
 * the environment's row, so that the maximum number of keys and the unique names hold under concurrency.
 * Every change writes its audit event in the same transaction.
 */

type KeyNameAndGrants = { readonly displayName: string; readonly grants: readonly Grant[] };

const notFoundError = fail({ code: "not_found", message: "This key no longer exists" } as const);
const duplicateNameError = fail({
  code: "duplicate_name",
  message: "Another key in this environment has this name",
} as const);

/** Creates a key and returns it with its secret. Later only `revealApiKey` returns the secret. */
export async function createApiKey(
  db: Queryable,
  masterKey: Buffer,
  environment: Environment,
  actor: Actor,
  { displayName, grants }: KeyNameAndGrants,
): Promise<Result<{ summary: ApiKeySummary; secret: string }, ApiKeyError>> {
  return db.transaction(async (tx) => {
    const locked = await lockEnvironment(tx, environment.id);
    if (locked === null) return notFoundError;
    if (await isNameTaken(tx, locked.id, displayName, null)) return duplicateNameError;
    if ((await countApiKeys(tx, locked.id)) >= maxKeysPerEnvironment) {
      return fail({
        code: "too_many_keys",
        message: `An environment can have at most ${maxKeysPerEnvironment} keys. Delete an unused key first.`,
      });
    }
    const id = await nextApiKeyId(tx);
    const secret = generateKey(locked.isProduction);
    const summary = await insertApiKey(tx, {
      id,
      environmentId: locked.id,
      displayName,
      hash: hashKey(secret),
      sealed: sealKey(masterKey, id, secret),
      prefix: prefixOf(secret),
      lastFour: lastFourOf(secret),
      grants,
      createdBy: actor.name,
    });
    await recordAuditEvent(tx, {
      action: "api_key.create",
      actor,
      environment: locked,
      subject: { id, name: displayName },
      detail: { after: grants },
    });
    return ok({ summary, secret });
  });
}

/**
 * Changes a key's name and grants. A new name and new grants are two audit events, each with the values
 * before and after. A value that stays the same has none.
 */
export async function editApiKey(
  db: Database,
  environment: Environment,
  actor: Actor,
  { id, displayName, grants }: KeyNameAndGrants & { readonly id: number },
): Promise<Result<ApiKeySummary, ApiKeyError>> {
  return db.transaction(async (tx) => {
    if ((await lockEnvironment(tx, environment.id)) === null) return notFoundError;
    const before = await findApiKey(tx, environment.id, id);
    if (before === null) return notFoundError;
    if (await isNameTaken(tx, environment.id, displayName, id)) return duplicateNameError;
    const after = await updateApiKey(tx, environment.id, id, { displayName, grants });
    if (after === null) return notFoundError;
    const subject = { id, name: displayName };
    if (before.displayName !== displayName) {
      const detail = { before: before.displayName, after: displayName };
      await recordAuditEvent(tx, { action: "api_key.rename", actor, environment, subject, detail });
    }
    if (before.grants.join() !== grants.join()) {
      const detail = { before: before.grants, after: grants };
      await recordAuditEvent(tx, { action: "api_key.change_scopes", actor, environment, subject, detail });
    }
    return ok(after);
  });
}

/**
 * Returns a key's secret. The audit event says whether it was shown on screen (`reveal`) or copied to the
 * clipboard without being shown (`copy`).
 */
export async function revealApiKey(
  db: Database,
  masterKey: Buffer,
  environment: Environment,
  actor: Actor,
  { id, how }: { readonly id: number; readonly how: "reveal" | "copy" },
): Promise<Result<string, ApiKeyError>> {
  return db.transaction(async (tx) => {
    const key = await findSealedKey(tx, environment.id, id);
    if (key === null) return notFoundError;
    await recordAuditEvent(tx, {
      action: how === "reveal" ? "api_key.reveal" : "api_key.copy",
      actor,
      environment,
      subject: { id, name: key.displayName },
    });
    return ok(unsealKey(masterKey, id, key.sealed));
  });
}

/**
 * Deletes a key and returns it as it was. From `maxStalenessMs` after the commit on, every process rejects it
 * (`lib/infrastructure/notifications/lease.ts`).
 */
export async function deleteApiKey(
  db: Database,
  environment: Environment,
  actor: Actor,
  id: number,
): Promise<Result<ApiKeySummary, ApiKeyError>> {
  return db.transaction(async (tx) => {
    const deleted = await deleteApiKeyRow(tx, environment.id, id);
    if (deleted === null) return notFoundError;
    await recordAuditEvent(tx, {
      action: "api_key.delete",
      actor,
      environment,
      subject: { id, name: deleted.displayName },
      detail: { before: deleted.grants },
    });
    return ok(deleted);
  });
}
