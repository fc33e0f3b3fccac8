import type { Metadata } from "next";
import type { ReactNode } from "react";
import { ConnectForm } from "@/components/connect/connect-form";
import { ConnectedNotice } from "@/components/connect/connected-notice";
import { IntegrationChoice } from "@/components/connect/integration-choice";
import { FullPage, FullPageCard } from "@/components/shell/full-page";
import { Notice } from "@/components/ui/notice";
import { authenticateSession } from "@/lib/connect/sessions/authenticate";
import { findConnectErrorByCode, unknownSessionError } from "@/lib/connect/sessions/connect-errors";
import { type ConnectView, getConnectView } from "@/lib/connect/sessions/connect-view";
import { database } from "@/lib/infrastructure/db/client";

// The URL holds a secret, so no other site may get it in a Referer header.
export const metadata: Metadata = { title: "Connect", referrer: "no-referrer" };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ConnectPage({ searchParams }: Props) {
  const parameters = await searchParams;
  const parameter = (name: string) => {
    const value = parameters[name];
    return typeof value === "string" ? value : null;
  };
  const token = parameter("session_token") ?? "";
  const error = findConnectErrorByCode(parameter("problem") ?? "");
  const session = await authenticateSession(database(), token);
  if (!session.ok) {
    const { message } = error ?? unknownSessionError;
    return (
      <FullPage>
        <FullPageCard title="This link does not work" lead={message} />
      </FullPage>
    );
  }
  const view = await getConnectView(database(), session.value, {
    integration: parameter("integration"),
    again: parameter("again") !== null || error !== null,
  });
  return (
    <FullPage>
      <ConnectViewContent view={view} token={token}>
        {error !== null && (
          <Notice role="alert" tone="danger">
            {error.message}
          </Notice>
        )}
      </ConnectViewContent>
    </FullPage>
  );
}

function ConnectViewContent({
  view,
  token,
  children,
}: {
  readonly view: ConnectView;
  readonly token: string;
  readonly children: ReactNode;
}) {
  switch (view.kind) {
    case "unavailable":
      return <FullPageCard title="Nothing to connect" lead={view.message} />;
    case "connected":
      return <ConnectedNotice token={token} connected={view} />;
    case "choice":
      return (
        <FullPageCard title="Connect an account" lead={view.lead}>
          {children}
          <IntegrationChoice token={token} options={view.options} />
        </FullPageCard>
      );
    case "form":
      return (
        <FullPageCard title={`${view.isReconnect ? "Reconnect" : "Connect"} ${view.name}`} lead={view.lead}>
          {children}
          <ConnectForm token={token} form={view} />
        </FullPageCard>
      );
  }
}
