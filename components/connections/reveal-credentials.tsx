"use client";

import { CredentialPanel } from "@/components/secret/credential-panel";
import { revealConnectionAction } from "@/lib/dashboard/server-actions/connections";

/** A connection's credentials, for those who may see them. */
export function RevealCredentials({
  environment,
  id,
}: {
  readonly environment: string;
  readonly id: number;
}) {
  return <CredentialPanel fetchCredentials={() => revealConnectionAction({ environment, id })} />;
}
