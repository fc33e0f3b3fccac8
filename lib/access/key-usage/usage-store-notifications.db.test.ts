import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { findApiKey } from "@/lib/access/api-keys/store";
import { openListenerConnection } from "@/lib/infrastructure/notifications/listener-connection";
import { type Notification, parseNotification } from "@/lib/infrastructure/notifications/notification";
import { batch, testUsage } from "@/lib/testing/usage";
import { usageLimits } from "./usage-aggregator";
import { writeUsage } from "./usage-store";

const { db, environment, makeKey, url, use } = await testUsage();

describe("notifications of a write", () => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
  });

  async function receive(): Promise<Notification[]> {
    const received: Notification[] = [];
    await new Promise<void>((onListening) => {
      const onMessage = (message: string) => {
        const notification = parseNotification(message);
        if (notification !== null) received.push(notification);
      };
      stops.push(openListenerConnection({ url, canListen: true, onMessage, onListening }).close);
    });
    return received;
  }

  it("contain each updated key as its row stores it, and the given message", async () => {
    const [one, two] = [await makeKey(), await makeKey()];
    const writer = randomUUID();
    await writeUsage(db, writer, batch(1, [use(two.id, 9)]));
    const received = await receive();
    await writeUsage(db, writer, batch(2, [use(one.id, 1.005), use(two.id, 5)]), "beat p 7");
    await expect.poll(() => received).toContainEqual({ kind: "heartbeat", process: "p", number: 7 });
    const row = await findApiKey(db, environment.id, one.id);
    expect(received.filter(({ kind }) => kind === "use")).toEqual([
      {
        kind: "use",
        keyId: one.id,
        environmentId: environment.id,
        at: row?.lastUsedAt,
        lastUse: row?.lastUse,
      },
    ]);
    expect(row?.lastUsedAt).toBe("2026-01-01T10:00:01.005Z");
  });

  it("contain only the message when the batch was already written", async () => {
    const { id } = await makeKey();
    const writer = randomUUID();
    await writeUsage(db, writer, batch(1, [use(id, 1)]));
    const received = await receive();
    await writeUsage(db, writer, batch(1, [use(id, 1)]), "beat p 8");
    await expect.poll(() => received).toEqual([parseNotification("beat p 8")]);
  });

  it("contain a last use without details", async () => {
    const { id } = await makeKey();
    const received = await receive();
    await writeUsage(db, randomUUID(), batch(1, [use(id, 1)], { ...usageLimits, keys: 0 }));
    await expect.poll(() => received).toMatchObject([{ kind: "use", keyId: id, lastUse: null }]);
  });
});
