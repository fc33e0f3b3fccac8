import type { FunctionKind } from "./model";

/** A deployed function as an integration's page lists it. */
export type FunctionView = {
  readonly id: number;
  readonly kind: FunctionKind;
  readonly name: string;
  readonly version: string;
  readonly description: string | null;
  readonly enabled: boolean;
  /** ISO 8601. */
  readonly deployedAt: string;
};
