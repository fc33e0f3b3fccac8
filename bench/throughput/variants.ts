/** How a server process answers the sample route. */
export type ServerKind = "bare" | "unguarded" | "guarded" | "uncached";

export type VariantKeys = {
  /** Holds the scope of the sample route. */
  readonly valid: string;
  /** Lacks it. */
  readonly withoutScope: string;
  /** Well formed, and known to nobody. */
  readonly unknown: string;
};

export type Variant = {
  readonly name: string;
  readonly server: ServerKind;
  readonly key: (keys: VariantKeys) => string;
  readonly status: 200 | 401 | 403;
};

/** What is measured, in the order of a round. */
export const variants: readonly Variant[] = [
  { name: "bare", server: "bare", key: ({ valid }) => valid, status: 200 },
  { name: "unguarded", server: "unguarded", key: ({ valid }) => valid, status: 200 },
  { name: "guarded", server: "guarded", key: ({ valid }) => valid, status: 200 },
  { name: "uncached", server: "uncached", key: ({ valid }) => valid, status: 200 },
  { name: "malformed", server: "guarded", key: ({ valid }) => valid.slice(0, -1), status: 401 },
  { name: "unknown", server: "guarded", key: ({ unknown }) => unknown, status: 401 },
  { name: "forbidden", server: "guarded", key: ({ withoutScope }) => withoutScope, status: 403 },
];
