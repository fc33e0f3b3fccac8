import type { Grant } from "@/lib/access/scopes/catalog";

/** An authenticated API key: its id, its environment and its grants. */
export type Principal = {
  readonly keyId: number;
  readonly environmentId: number;
  readonly grants: readonly Grant[];
};
