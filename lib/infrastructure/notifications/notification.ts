/** The one channel. On one channel everything a process hears arrives in the order of the commits. */
export const notificationChannel = "latchkey";

/** What Postgres tells every process: sent by the triggers of migration 0006, the usage writer and the heartbeat. */
export type Notification =
  | {
      readonly kind: "key";
      readonly change: "created" | "changed" | "deleted";
      readonly keyId: number;
      readonly environmentId: number;
      /** SHA-256 of the key in hexadecimal: what the cache knows it by. */
      readonly hash: string;
    }
  /** Every key at once (TRUNCATE). */
  | { readonly kind: "keys_gone" }
  | {
      readonly kind: "use";
      readonly keyId: number;
      readonly environmentId: number;
      /** ISO 8601. */
      readonly at: string;
      /** JSON as the usage writer sent it. This room does not know its shape; whoever shows it parses it. */
      readonly lastUse: unknown;
    }
  /** An environment was changed or deleted. */
  | { readonly kind: "environment"; readonly environmentId: number }
  /** A person's role, password or membership changed. */
  | { readonly kind: "member"; readonly memberId: number }
  | { readonly kind: "beat"; readonly process: string; readonly number: number };

export function formatHeartbeat(process: string, number: number): string {
  return `beat ${process} ${number}`;
}

const keyMessage = /^key (created|changed|deleted) (\d+) (\d+) ([0-9a-f]{64})$/;
const useMessage = /^use (\d+) (\d+) (\S+) (\{.*\}|null)$/s;

/** Null for what is not a message of ours: another program may notify on the channel. */
export function parseNotification(message: string): Notification | null {
  const [kind, first = "", second = ""] = message.split(" ", 3);
  switch (kind) {
    case "beat":
      return { kind, process: first, number: Number(second) };
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
