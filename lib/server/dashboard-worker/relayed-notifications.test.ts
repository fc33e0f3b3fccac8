import { expect, it, vi } from "vitest";
import type { NotificationHandlers } from "@/lib/infrastructure/notifications/notifications";
import { relayedNotificationSource, relayNotifications } from "./relayed-notifications";
import { workerCommandSchema } from "./worker-messages";

/** Signals that a test gives, and the same as another thread hears them, through what a port would carry. */
function setUp() {
  const listeners = new Set<NotificationHandlers>();
  let isCurrent = false;
  const passed = relayedNotificationSource();
  const stop = relayNotifications(
    {
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      isLeaseHeld: () => isCurrent,
    },
    (order) => passed.take(workerCommandSchema.parse(structuredClone(order))),
  );
  const heard: unknown[] = [];
  passed.subscribe({
    onNotification: (signal) => heard.push(signal),
    onSubscribed: () => heard.push("subscribed"),
    onUnreachable: () => heard.push("unreachable"),
  });
  const tell = (tellOne: (listener: NotificationHandlers) => void) => listeners.forEach(tellOne);
  return {
    passed,
    heard,
    stop,
    tell,
    setCurrent: (value: boolean) => {
      isCurrent = value;
    },
  };
}

it("the other thread hears what this one hears, in its order, and no heartbeat", () => {
  const { heard, tell, stop } = setUp();
  tell(({ onSubscribed }) => onSubscribed?.());
  tell(({ onNotification }) => onNotification?.({ kind: "beat", process: "p", number: 1 }, "beat p 1"));
  tell(({ onNotification }) => onNotification?.({ kind: "environment", environmentId: 3 }, "environment 3"));
  tell(({ onUnreachable }) => onUnreachable?.());
  expect(heard).toEqual(["subscribed", { kind: "environment", environmentId: 3 }, "unreachable"]);
  stop();
});

it("the other thread is current while this one is, and not for long after", async () => {
  const { passed, setCurrent, stop } = setUp();
  expect(passed.isLeaseHeld()).toBe(false);
  setCurrent(true);
  await vi.waitFor(() => expect(passed.isLeaseHeld()).toBe(true), 3000);
  setCurrent(false);
  await vi.waitFor(() => expect(passed.isLeaseHeld()).toBe(false), 3000);
  stop();
});
