"use client";

import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";

/** Provides the light, dark or system theme. Set before the first paint. */
export function Theme({ children }: { readonly children: ReactNode }) {
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
      {children}
    </ThemeProvider>
  );
}
