"use client";

import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";

type Props = { readonly providerConfigKey: string; readonly connectionId: string };

/**
 * Posts a message to the window that opened this one, of any origin: it names the connection and holds no
 * secret. Offers to close this window if it was opened by another one.
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
