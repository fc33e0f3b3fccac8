import { z } from "zod";
import { encodeCursor } from "@/lib/functions/records/cursor";
import { recordActions, type StoredRecord } from "@/lib/functions/records/model";

/** A record in a response: its payload and its metadata (docs/environment-api.md, "16. records:read"). */
export const recordDtoSchema = z.looseObject({
  id: z.string(),
  _nango_metadata: z.strictObject({
    first_seen_at: z.iso.datetime(),
    last_modified_at: z.iso.datetime(),
    last_action: z.enum(recordActions),
    deleted_at: z.iso.datetime().nullable(),
    pruned_at: z.iso.datetime().nullable(),
    cursor: z.string(),
  }),
});

/** Returns the record's cursor. A page that is read from it starts with the next record. */
export function cursorOf({ id, lastModifiedAt }: StoredRecord): string {
  return encodeCursor({ at: lastModifiedAt, id });
}

/** Converts a stored record. A pruned record has only its id and metadata. */
export function toRecordDto(record: StoredRecord) {
  return {
    ...record.data,
    id: record.externalId,
    _nango_metadata: {
      first_seen_at: record.firstSeenAt,
      last_modified_at: record.lastModifiedAt,
      last_action: record.lastAction,
      deleted_at: record.deletedAt,
      pruned_at: record.prunedAt,
      cursor: cursorOf(record),
    },
  };
}
