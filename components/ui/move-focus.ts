import type { KeyboardEvent } from "react";

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * Moves the focus with the arrow keys, Home and End among the elements that match `selector`. Wraps around.
 */
export function moveFocus(event: KeyboardEvent<HTMLElement>, selector: string): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)];
  const index = items.findIndex((item) => item.matches(":focus"));
  if (index === -1) return;
  const target = targetIndex(event.key, index, items.length);
  if (target === null) return;
  event.preventDefault();
  items.at(target)?.focus();
}

/** Index of the item that a key moves to, negative from the end; null for a key that moves nothing. */
function targetIndex(key: string, index: number, length: number): number | null {
  if (key === "Home") return 0;
  if (key === "End") return -1;
  const step = steps[key];
  return step === undefined ? null : (index + step) % length;
}
