"use client";

import { useState } from "react";

/**
 * Returns a handler for a dialog's `onCloseAutoFocus`. It moves the focus back to the element that opened the
 * dialog, or to the page's title when that element is gone, like the row of a deleted key.
 */
export function useReturnFocus(): (event: Event) => void {
  const [opener] = useState(() => document.activeElement);
  return (event) => {
    event.preventDefault();
    const target =
      opener instanceof HTMLElement && opener.isConnected ? opener : document.querySelector("h1");
    if (target === null) return;
    if (target.tabIndex < 0) target.tabIndex = -1;
    target.focus();
  };
}
