import type { ApiKeyList } from "../api-keys/list";
import { readApiKeyList } from "../api-keys/listing";
import type { ApiKeySummary } from "../api-keys/model";
import { findApiKeys } from "../api-keys/store";
import type { Database } from "../db/client";
import type { Environment } from "../environments/model";
import { findEnvironment } from "../environments/store";
import type { MemberRole } from "../members/model";
import { findMember } from "../members/store";

/** What the live page asks the database. */
export type LiveReads = {
  readonly list: (environment: Environment, role: MemberRole) => Promise<ApiKeyList>;
  /** Those of the keys that exist. */
  readonly keys: (environmentId: number, ids: readonly number[]) => Promise<readonly ApiKeySummary[]>;
  readonly environment: (name: string) => Promise<Environment | null>;
  /** Null when the person is no member any more. */
  readonly role: (memberId: number) => Promise<MemberRole | null>;
};

export function liveReads(db: Database): LiveReads {
  return {
    list: (environment, role) => readApiKeyList(db, environment, role),
    keys: (environmentId, ids) => findApiKeys(db, environmentId, ids),
    environment: (name) => findEnvironment(db, name),
    role: async (memberId) => (await findMember(db, memberId))?.role ?? null,
  };
}
