"use client";

import { CredentialPanel } from "@/components/secret/credential-panel";
import { revealIntegration } from "@/lib/dashboard/server-actions/integrations";

/** An integration's client credentials, for those who may see them. */
export function RevealClient({ environment, id }: { readonly environment: string; readonly id: number }) {
  return <CredentialPanel obtain={() => revealIntegration({ environment, id })} />;
}
