"use client";

import { useState } from "react";

/**
 * Returns a handler for a dialog's `onCloseAutoFocus`. It moves the focus back to the element that opened the
 * dialog, or to the page's title if that element no longer exists, for example after its key was deleted.
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
