import type { Grant } from "@/lib/access/scopes/catalog";

/** What a valid key becomes for the length of a request. */
export type Principal = {
  readonly keyId: number;
  readonly environmentId: number;
  readonly grants: readonly Grant[];
};
