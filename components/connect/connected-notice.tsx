import { CircleCheckIcon } from "lucide-react";
import Link from "next/link";
import { FullPageCard } from "@/components/shell/full-page";
import type { ConnectedView } from "@/lib/connect/sessions/connect-view";
import { NotifyOpener } from "./notify-opener";

type Props = { readonly token: string; readonly connected: ConnectedView };

/** Shows that the account is connected and notifies the window that opened this one. */
export function ConnectedNotice({ token, connected }: Props) {
  const { name, providerConfigKey, connectionId, isReconnect } = connected;
  return (
    <FullPageCard
      title={isReconnect ? "Reconnected" : "Connected"}
      lead={
        <span role="status" className="flex items-center gap-2">
          <CircleCheckIcon className="size-4 shrink-0 text-live" aria-hidden />
          {isReconnect ? `${name} works again.` : `${name} is connected.`}
        </span>
      }
    >
      <NotifyOpener providerConfigKey={providerConfigKey} connectionId={connectionId} />
      {!isReconnect && (
        <Link
          href={{ query: { session_token: token, again: "" } }}
          prefetch={false}
          className="text-ink-3 text-sm underline hover:text-ink"
        >
          Connect another account
        </Link>
      )}
    </FullPageCard>
  );
}
