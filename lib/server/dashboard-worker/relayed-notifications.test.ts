import { expect, it, vi } from "vitest";
import type { NotificationHandlers } from "@/lib/infrastructure/notifications/notification-listener";
import { createRelayedNotificationSource, relayNotifications } from "./relayed-notifications";
import { workerCommandSchema } from "./worker-messages";

/** A source that the test drives, and its relayed copy, with messages cloned as a MessagePort clones them. */
function setUp() {
  const subscribers = new Set<NotificationHandlers>();
  let isLeaseHeld = false;
  const relayed = createRelayedNotificationSource();
  const stop = relayNotifications(
    {
      subscribe: (handlers) => {
        subscribers.add(handlers);
        return () => subscribers.delete(handlers);
      },
      isLeaseHeld: () => isLeaseHeld,
    },
    (command) => relayed.receive(workerCommandSchema.parse(structuredClone(command))),
  );
  const received: unknown[] = [];
  relayed.subscribe({
    onNotification: (notification) => received.push(notification),
    onListening: () => received.push("listening"),
    onUnreachable: () => received.push("unreachable"),
  });
  const emit = (call: (handlers: NotificationHandlers) => void) => subscribers.forEach(call);
  return {
    relayed,
    received,
    stop,
    emit,
    setLeaseHeld: (value: boolean) => {
      isLeaseHeld = value;
    },
  };
}

it("relays notifications in their order, without heartbeats", () => {
  const { received, emit, stop } = setUp();
  emit(({ onListening }) => onListening?.());
  emit(({ onNotification }) => onNotification?.({ kind: "heartbeat", process: "p", number: 1 }, "beat p 1"));
  emit(({ onNotification }) => onNotification?.({ kind: "environment", environmentId: 3 }, "environment 3"));
  emit(({ onUnreachable }) => onUnreachable?.());
  expect(received).toEqual(["listening", { kind: "environment", environmentId: 3 }, "unreachable"]);
  stop();
});

it("holds the lease while the source does, and loses it soon after", async () => {
  const { relayed, setLeaseHeld, stop } = setUp();
  expect(relayed.isLeaseHeld()).toBe(false);
  setLeaseHeld(true);
  await vi.waitFor(() => expect(relayed.isLeaseHeld()).toBe(true), 3000);
  setLeaseHeld(false);
  await vi.waitFor(() => expect(relayed.isLeaseHeld()).toBe(false), 3000);
  stop();
});
