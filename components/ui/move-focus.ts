import type { KeyboardEvent } from "react";

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * Moves the focus with the arrow keys, Home and End among the elements that match `selector`. Wraps around.
 */
export function moveFocus(event: KeyboardEvent<HTMLElement>, selector: string): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)];
  const index = items.findIndex((item) => item.matches(":focus"));
  if (index === -1) return;
  const step = steps[event.key];
  const target =
    event.key === "Home"
      ? 0
      : event.key === "End"
        ? -1
        : step === undefined
          ? null
          : (index + step) % items.length;
  if (target === null) return;
  event.preventDefault();
  items.at(target)?.focus();
}
