import type { Nango } from "@nangohq/node";
import type { Resources } from "@/e2e/fixtures/api-test";
import type { Scope } from "@/lib/access/scopes/catalog";
import type { anyValidKey } from "@/lib/environment-api/pipeline/route";
import type { Database } from "@/lib/infrastructure/db/client";

/** In place of a scope: the method sends no request. */
export const sendsNoRequest = "sends no request";

/** What a call is tried on. */
export type Setting = {
  /** Things of its own: what deletes them spoils nothing for another call. */
  readonly resources: Resources;
  /** The end user of the connection. */
  readonly endUserId: string;
  /** An API that answers what it was sent. */
  readonly api: string;
  /** The secret of the key that the call is made with. */
  readonly secret: string;
  /** A client with Full access, to prepare with. */
  readonly full: Nango;
  readonly db: Database;
  readonly environmentId: number;
};

/** One method of the client: the scope it needs, what it is given and what it then returns. */
export type ClientCall = {
  readonly scope: Scope | typeof anyValidKey | typeof sendsNoRequest;
  /** The route behind it; null when there is none. */
  readonly route: string | null;
  readonly args: (setting: Setting) => readonly unknown[] | Promise<readonly unknown[]>;
  readonly returns: (setting: Setting) => unknown;
  /** What it returns to a key that has the needed scope and no credentials scope, where that is less. */
  readonly returnsWithoutCredentials?: (setting: Setting) => unknown;
};
