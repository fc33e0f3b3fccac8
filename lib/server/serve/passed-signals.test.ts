import { expect, it, vi } from "vitest";
import type { Listener } from "@/lib/infrastructure/signals/signals";
import { passedSignals, passSignals } from "./passed-signals";
import { orderSchema } from "./thread-words";

/** Signals that a test gives, and the same as another thread hears them, through what a port would carry. */
function setUp() {
  const listeners = new Set<Listener>();
  let isCurrent = false;
  const passed = passedSignals();
  const stop = passSignals(
    {
      listen: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      isCurrent: () => isCurrent,
    },
    (order) => passed.take(orderSchema.parse(structuredClone(order))),
  );
  const heard: unknown[] = [];
  passed.listen({
    onSignal: (signal) => heard.push(signal),
    onSubscribed: () => heard.push("subscribed"),
    onUnreachable: () => heard.push("unreachable"),
  });
  const tell = (tellOne: (listener: Listener) => void) => listeners.forEach(tellOne);
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
  tell(({ onSignal }) => onSignal?.({ kind: "beat", process: "p", number: 1 }, "beat p 1"));
  tell(({ onSignal }) => onSignal?.({ kind: "environment", environmentId: 3 }, "environment 3"));
  tell(({ onUnreachable }) => onUnreachable?.());
  expect(heard).toEqual(["subscribed", { kind: "environment", environmentId: 3 }, "unreachable"]);
  stop();
});

it("the other thread is current while this one is, and not for long after", async () => {
  const { passed, setCurrent, stop } = setUp();
  expect(passed.isCurrent()).toBe(false);
  setCurrent(true);
  await vi.waitFor(() => expect(passed.isCurrent()).toBe(true), 3000);
  setCurrent(false);
  await vi.waitFor(() => expect(passed.isCurrent()).toBe(false), 3000);
  stop();
});
