"use client";

import { useState } from "react";

/**
 * Where the focus goes when a dialog closes: back to what opened it, or to the page's title when that is gone, as the
 * row of a deleted key is. Pass the result to the dialog's `onCloseAutoFocus`.
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
