import { z } from "zod";
import { encodeCursor } from "@/lib/functions/records/cursor";
import { recordActions, type StoredRecord } from "@/lib/functions/records/model";

/** A record as a client gets it (contract, section 2, 16): its own fields, then what is known about it. */
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

export function cursorOf({ id, lastModifiedAt }: StoredRecord): string {
  return encodeCursor({ at: lastModifiedAt, id });
}

/** A pruned record has its id and metadata only. */
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
