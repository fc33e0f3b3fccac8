"use client";

import { CredentialPanel } from "@/components/secret/credential-panel";
import { revealIntegrationAction } from "@/lib/dashboard/server-actions/integrations";

/** An integration's client credentials, for those who may see them. */
export function RevealClient({ environment, id }: { readonly environment: string; readonly id: number }) {
  return <CredentialPanel fetchCredentials={() => revealIntegrationAction({ environment, id })} />;
}
