"use client";

import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";

type Props = { readonly providerConfigKey: string; readonly connectionId: string };

/**
 * Tells the window that opened this one, whichever it is: the message names what was connected and holds nothing with
 * which anybody could use it. Where there is such a window, offers to close this one.
 */
export function NotifyOpener({ providerConfigKey, connectionId }: Props) {
  const [hasOpener, setHasOpener] = useState(false);
  useEffect(() => {
    const opener: unknown = window.opener;
    if (opener === null) return;
    setHasOpener(true);
    window.opener.postMessage({ type: "connect", payload: { providerConfigKey, connectionId } }, "*");
  }, [providerConfigKey, connectionId]);
  if (!hasOpener) return <p className="text-ink-2">You can close this page.</p>;
  return <Button onClick={() => window.close()}>Close this window</Button>;
}
