import type { Grant } from "@/lib/access/scopes/catalog";

/** The authenticated key of a request: its environment and grants. */
export type Principal = {
  readonly keyId: number;
  readonly environmentId: number;
  readonly grants: readonly Grant[];
};
