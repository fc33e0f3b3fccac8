import { z } from "zod";
import type { Cursor } from "./cursor";

export const modelSchema = z
  .string()
  .max(255)
  .regex(/^[A-Z][A-Za-z0-9_-]+$/, "Starts with a capital and may hold letters, digits, _ and -");

export const recordActions = ["ADDED", "UPDATED", "DELETED"] as const;

export type RecordAction = (typeof recordActions)[number];

/** How the model of a sync's variant is stored: `Model::variant`, and plain `Model` for the base variant. */
export function toStoredModelName(model: string, variant: string | undefined): string {
  return variant === undefined || variant.toLowerCase() === "base" ? model : `${model}::${variant}`;
}

/** A record as a sync hands it over. Its id is kept as text. */
export type RecordInput = Readonly<Record<string, unknown>> & { readonly id: string | number };

/** A record as stored. Times are PostgreSQL's as text, in UTC, to the microsecond. */
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

/** Whose records, and of which stored model. */
export type RecordSet = { readonly connectionId: number; readonly model: string };

/** Which records of a set: all that are given must fit. `modifiedAfter` includes that very moment. */
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
