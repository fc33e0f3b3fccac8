"use client";

import { CredentialPanel } from "@/components/secret/credential-panel";
import { revealIntegrationAction } from "@/lib/dashboard/server-actions/integrations";

/** Shows an integration's client credentials to members who can reveal them. */
export function RevealClient({ environment, id }: { readonly environment: string; readonly id: number }) {
  return <CredentialPanel fetchCredentials={() => revealIntegrationAction({ environment, id })} />;
}
