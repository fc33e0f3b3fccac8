/** How a server process handles the sample route. */
export type ServerKind = "bare" | "withoutAuth" | "withAuth" | "withoutCache";

export type VariantKeys = {
  /** Has the scope of the sample route. */
  readonly valid: string;
  /** Lacks the scope of the sample route. */
  readonly withoutScope: string;
  /** Well formed, but not in the database. */
  readonly unknown: string;
};

export type Variant = {
  readonly name: string;
  readonly server: ServerKind;
  readonly key: (keys: VariantKeys) => string;
  readonly status: 200 | 401 | 403;
};

/** The measured variants, in the order of a round. */
export const variants: readonly Variant[] = [
  { name: "bare", server: "bare", key: ({ valid }) => valid, status: 200 },
  { name: "without auth", server: "withoutAuth", key: ({ valid }) => valid, status: 200 },
  { name: "with auth", server: "withAuth", key: ({ valid }) => valid, status: 200 },
  { name: "without cache", server: "withoutCache", key: ({ valid }) => valid, status: 200 },
  { name: "malformed key", server: "withAuth", key: ({ valid }) => valid.slice(0, -1), status: 401 },
  { name: "unknown key", server: "withAuth", key: ({ unknown }) => unknown, status: 401 },
  { name: "missing scope", server: "withAuth", key: ({ withoutScope }) => withoutScope, status: 403 },
];
