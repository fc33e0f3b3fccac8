import { setTimeout as wait } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { openNotificationListener } from "./notification-listener";

const { pool, url } = await testDatabase();

test("a heartbeat that is lost with its write does not cost the lease for long", async () => {
  const notifications = openNotificationListener(url);
  await vi.waitFor(() => expect(notifications.isLeaseHeld()).toBe(true), 5000);
  // Every write fails, as while the database is read-only.
  let attempts = 0;
  notifications.setHeartbeatPiggyback(() => {
    attempts += 1;
    return true;
  });
  await vi.waitFor(() => expect(attempts).toBe(1), 2000);
  await wait(1500);
  for (let sample = 0; sample < 20; sample += 1) {
    expect(notifications.isLeaseHeld()).toBe(true);
    await wait(100);
  }
  expect(attempts).toBe(1);
  await notifications.close();
});

test("without LISTEN the lease is never held, and the connection is kept", async () => {
  const notifications = openNotificationListener(url, { canListen: false });
  const received: unknown[] = [];
  notifications.subscribe({
    onNotification: (notification) => received.push(notification),
    onListening: () => received.push("listening"),
    onUnreachable: () => received.push("unreachable"),
  });
  const senders = async () =>
    (
      await pool<{ pid: number }[]>`
        select pid from pg_stat_activity where datname = current_database() and query like '%pg_notify%'
          and pid <> pg_backend_pid()`
    ).map(({ pid }) => pid);
  await vi.waitFor(async () => expect(await senders()).toHaveLength(1), 3000);
  const [before] = await senders();
  // Longer than a silence after which a connection that listens is replaced.
  await wait(4000);
  expect(await senders()).toEqual([before]);
  expect(notifications.isLeaseHeld()).toBe(false);
  expect(received).toEqual([]);
  await notifications.close();
});
