import { describe, expect, it } from "vitest";
import { formatHeartbeat, parseNotification } from "./notification";

const hash = "ab".repeat(32);
const lastUse = { method: "GET", route: "/a b", status: 200, client: "node client 1", address: null };

describe("parseNotification", () => {
  it.each([
    [`key created 7 3 ${hash}`, { kind: "key", change: "created", keyId: 7, environmentId: 3, hash }],
    [`key deleted 7 3 ${hash}`, { kind: "key", change: "deleted", keyId: 7, environmentId: 3, hash }],
    ["keys_gone", { kind: "all_keys_deleted" }],
    ["environment 3", { kind: "environment", environmentId: 3 }],
    ["member 5", { kind: "member", memberId: 5 }],
    [formatHeartbeat("p", 12), { kind: "heartbeat", process: "p", number: 12 }],
    [
      `use 3 7 2026-11-24T10:00:00.000Z ${JSON.stringify(lastUse)}`,
      { kind: "use", environmentId: 3, keyId: 7, at: "2026-11-24T10:00:00.000Z", lastUse },
    ],
    [
      "use 3 7 2026-11-24T10:00:00.000Z null",
      { kind: "use", environmentId: 3, keyId: 7, at: "2026-11-24T10:00:00.000Z", lastUse: null },
    ],
  ])("parses %s", (message, notification) => expect(parseNotification(message)).toEqual(notification));

  it.each(["", "hello", "key", `key stolen 7 3 ${hash}`, "key deleted 7 3 short", "use 3 7 now {not json}"])(
    "returns null for a foreign message: %s",
    (message) => expect(parseNotification(message)).toBeNull(),
  );
});
