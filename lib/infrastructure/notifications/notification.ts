/** The only channel of PostgreSQL that the product uses, so that notifications arrive in commit order. */
export const notificationChannel = "latchkey";

/**
 * A PostgreSQL notification that every process receives. Sent by the triggers of migration 0006, the usage
 * writer and the heartbeat.
 */
export type Notification =
  | {
      readonly kind: "key";
      readonly change: "created" | "changed" | "deleted";
      readonly keyId: number;
      readonly environmentId: number;
      /** SHA-256 of the key in hexadecimal, by which the key cache finds it. */
      readonly hash: string;
    }
  /** All keys were deleted by TRUNCATE. */
  | { readonly kind: "all_keys_deleted" }
  | {
      readonly kind: "use";
      readonly keyId: number;
      readonly environmentId: number;
      /** ISO 8601. */
      readonly at: string;
      /** The JSON value that the usage writer sent; null when it had no details. Not validated here. */
      readonly lastUse: unknown;
    }
  /** An environment was changed or deleted. */
  | { readonly kind: "environment"; readonly environmentId: number }
  /** A member's role, password or membership changed. */
  | { readonly kind: "member"; readonly memberId: number }
  | { readonly kind: "heartbeat"; readonly process: string; readonly number: number };

/** Formats a heartbeat as `parseNotification` reads it. `process` is the UUID of the sending process. */
export function formatHeartbeat(process: string, number: number): string {
  return `beat ${process} ${number}`;
}

const keyMessage = /^key (created|changed|deleted) (\d+) (\d+) ([0-9a-f]{64})$/;
const useMessage = /^use (\d+) (\d+) (\S+) (\{.*\}|null)$/s;

/** Parses a message. Null when it is unknown: other programs can send on the channel too. */
export function parseNotification(message: string): Notification | null {
  const [kind, first = "", second = ""] = message.split(" ", 3);
  switch (kind) {
    case "beat":
      return { kind: "heartbeat", process: first, number: Number(second) };
    case "use":
      return parseUseNotification(message);
    case "key":
      return parseKeyNotification(message);
    case "keys_gone":
      return { kind: "all_keys_deleted" };
    case "environment":
      return { kind, environmentId: Number(first) };
    case "member":
      return { kind, memberId: Number(first) };
    default:
      return null;
  }
}

function parseKeyNotification(message: string): Notification | null {
  const [, change, keyId, environmentId, hash = ""] = keyMessage.exec(message) ?? [];
  if (change !== "created" && change !== "changed" && change !== "deleted") return null;
  return { kind: "key", change, keyId: Number(keyId), environmentId: Number(environmentId), hash };
}

function parseUseNotification(message: string): Notification | null {
  const [, environmentId, keyId, at = "", json = ""] = useMessage.exec(message) ?? [];
  if (environmentId === undefined) return null;
  const lastUse = parseJson(json);
  if (lastUse === undefined) return null;
  return {
    kind: "use",
    environmentId: Number(environmentId),
    keyId: Number(keyId),
    at,
    lastUse,
  };
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
