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

/**
 * Returns the name under which the records of a model are stored: `Model::variant`, or `Model` for the base
 * variant.
 */
export function toStoredModelName(model: string, variant: string | undefined): string {
  return variant === undefined || variant.toLowerCase() === "base" ? model : `${model}::${variant}`;
}

/** A record as a sync writes it. Its id is stored as text. */
export type RecordInput = Readonly<Record<string, unknown>> & { readonly id: string | number };

/** A record as stored. Times are PostgreSQL timestamps as text, in UTC, to the microsecond. */
export type StoredRecord = {
  readonly id: string;
  readonly externalId: string;
  /** Null when it has been pruned. */
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly lastAction: RecordAction;
  readonly firstSeenAt: string;
  readonly lastModifiedAt: string;
  readonly deletedAt: string | null;
  readonly prunedAt: string | null;
};

/** The records of one connection and one stored model name (`toStoredModelName`). */
export type RecordSet = { readonly connectionRowId: number; readonly model: string };

/** Filter for the records of a set. A record must match every field that is set. */
export type RecordFilter = {
  readonly after?: Cursor | undefined;
  /** Inclusive, despite its name. */
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
