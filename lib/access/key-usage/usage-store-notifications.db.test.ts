import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { findApiKey } from "@/lib/access/api-keys/store";
import { openListenerConnection } from "@/lib/infrastructure/notifications/listener-connection";
import { type Notification, parseNotification } from "@/lib/infrastructure/notifications/notification";
import { batch, testUsage } from "@/lib/testing/usage";
import { usageLimits } from "./usage-aggregator";
import { writeUsage } from "./usage-store";

const { db, environment, makeKey, url, use } = await testUsage();

describe("every process is told", () => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
  });

  async function hear(): Promise<Notification[]> {
    const heard: Notification[] = [];
    await new Promise<void>((onSubscribed) => {
      const onMessage = (message: string) => {
        const signal = parseNotification(message);
        if (signal !== null) heard.push(signal);
      };
      stops.push(openListenerConnection({ url, onMessage, onSubscribed }).close);
    });
    return heard;
  }

  it("of each key that moved, as its row says it, and of the message given", async () => {
    const [one, two] = [await makeKey(), await makeKey()];
    const writer = randomUUID();
    await writeUsage(db, writer, batch(1, [use(two.id, 9)]));
    const heard = await hear();
    await writeUsage(db, writer, batch(2, [use(one.id, 1.005), use(two.id, 5)]), "beat p 7");
    await expect.poll(() => heard).toContainEqual({ kind: "beat", process: "p", number: 7 });
    const row = await findApiKey(db, environment.id, one.id);
    expect(heard.filter(({ kind }) => kind === "use")).toEqual([
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

  it("of the message, and of no use again, when the batch had been written", async () => {
    const { id } = await makeKey();
    const writer = randomUUID();
    await writeUsage(db, writer, batch(1, [use(id, 1)]));
    const heard = await hear();
    await writeUsage(db, writer, batch(1, [use(id, 1)]), "beat p 8");
    await expect.poll(() => heard).toEqual([parseNotification("beat p 8")]);
  });

  it("of a last use without details", async () => {
    const { id } = await makeKey();
    const heard = await hear();
    await writeUsage(db, randomUUID(), batch(1, [use(id, 1)], { ...usageLimits, keys: 0 }));
    await expect.poll(() => heard).toMatchObject([{ kind: "use", keyId: id, lastUse: null }]);
  });
});
