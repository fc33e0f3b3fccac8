"use client";

import { CredentialPanel } from "@/components/secret/credential-panel";
import { revealConnectionAction } from "@/lib/dashboard/server-actions/connections";

/** Shows a connection's credentials to members who can reveal them. */
export function RevealCredentials({
  environment,
  id,
}: {
  readonly environment: string;
  readonly id: number;
}) {
  return <CredentialPanel fetchCredentials={() => revealConnectionAction({ environment, id })} />;
}
