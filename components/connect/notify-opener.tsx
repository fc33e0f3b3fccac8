"use client";

import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";

type Props = { readonly providerConfigKey: string; readonly connectionId: string };

/**
 * Posts a message to the window that opened this one. Any origin may receive it, because it only names the
 * connection and contains no secret. Offers to close this window if another one opened it.
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
