import { z } from "zod";
import type { Cursor } from "./cursor";

export const modelSchema = z
  .string()
  .max(255)
  .regex(
    /^[A-Z][A-Za-z0-9_-]+$/,
    "Must start with a capital letter and contain only letters, digits, _ and -",
  );

export const recordActions = ["ADDED", "UPDATED", "DELETED"] as const;

export type RecordAction = (typeof recordActions)[number];

/** Returns the stored name of a model in a variant: `Model::variant`, or `Model` for the base variant. */
export function toStoredModelName(model: string, variant: string | undefined): string {
  return variant === undefined || variant.toLowerCase() === "base" ? model : `${model}::${variant}`;
}

/** A record as a sync writes it. Its id is stored as text. */
export type RecordInput = Readonly<Record<string, unknown>> & { readonly id: string | number };

/** A record as stored. Times are PostgreSQL timestamps as text, in UTC, to the microsecond. */
export type StoredRecord = {
  readonly id: string;
  readonly externalId: string;
  /** Null once pruned. */
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly lastAction: RecordAction;
  readonly firstSeenAt: string;
  readonly lastModifiedAt: string;
  readonly deletedAt: string | null;
  readonly prunedAt: string | null;
};

/** The records of one connection and one stored model name. `connectionId` is the connection's row id. */
export type RecordSet = { readonly connectionId: number; readonly model: string };

/**
 * Filter for the records of a set. A record must match every field that is set. `modifiedAfter` is inclusive.
 */
export type RecordFilter = {
  readonly after?: Cursor | undefined;
  readonly modifiedAfter?: string | undefined;
  readonly actions?: readonly RecordAction[] | undefined;
  readonly externalIds?: readonly string[] | undefined;
};

export type RecordChangeCounts = {
  readonly added: number;
  readonly updated: number;
  readonly deleted: number;
  readonly unchanged: number;
};
