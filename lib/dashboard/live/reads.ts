import type { ApiKeyList } from "@/lib/access/api-keys/list";
import { readApiKeyList } from "@/lib/access/api-keys/listing";
import type { ApiKeySummary } from "@/lib/access/api-keys/model";
import { findApiKeys } from "@/lib/access/api-keys/store";
import type { Environment } from "@/lib/access/environments/model";
import { findEnvironment } from "@/lib/access/environments/store";
import type { MemberRole } from "@/lib/access/members/model";
import { findMember } from "@/lib/access/members/store";
import type { Database } from "@/lib/infrastructure/db/client";

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
