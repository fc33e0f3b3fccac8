/** The only channel. On a single channel a process receives all notifications in commit order. */
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
      /** SHA-256 of the key in hexadecimal: the cache's key. */
      readonly hash: string;
    }
  /** All keys were removed (TRUNCATE). */
  | { readonly kind: "keys_gone" }
  | {
      readonly kind: "use";
      readonly keyId: number;
      readonly environmentId: number;
      /** ISO 8601. */
      readonly at: string;
      /** JSON value as the usage writer sent it; null if it had no details. The consumer validates it. */
      readonly lastUse: unknown;
    }
  /** An environment was changed or deleted. */
  | { readonly kind: "environment"; readonly environmentId: number }
  /** A member's role, password or membership changed. */
  | { readonly kind: "member"; readonly memberId: number }
  | { readonly kind: "heartbeat"; readonly process: string; readonly number: number };

/** Formats a heartbeat as `parseNotification` reads it. `process` is a UUID of the sending process. */
export function formatHeartbeat(process: string, number: number): string {
  return `beat ${process} ${number}`;
}

const keyMessage = /^key (created|changed|deleted) (\d+) (\d+) ([0-9a-f]{64})$/;
const useMessage = /^use (\d+) (\d+) (\S+) (\{.*\}|null)$/s;

/** Parses a message of the channel. Null for any other message: another program may notify on the channel. */
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
      return { kind };
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
