"use client";

import Link from "next/link";
import { type FormEvent, useState } from "react";
import { useIsHydrated } from "@/components/shell/use-is-hydrated";
import { useServerAction } from "@/components/shell/use-server-action";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { ConnectInput } from "@/lib/connect/sessions/connect-input";
import type { ConnectFormView } from "@/lib/connect/sessions/connect-view";
import { connectAccountAction } from "@/lib/dashboard/server-actions/connect";
import type { ConnectMode } from "@/lib/upstream/providers/model";
import { ConfigFields } from "./config-fields";
import { CredentialFields } from "./credential-fields";

type Props = { readonly token: string; readonly form: ConnectFormView };

/**
 * Collects the config and the credentials. Then connects the account, or opens the provider's authorization
 * page.
 */
export function ConnectForm({ token, form }: Props) {
  const { key, name, authMode, fields, docs, hasOtherIntegrations } = form;
  const isHydrated = useIsHydrated();
  const [isOpeningNextPage, setIsOpeningNextPage] = useState(false);
  const { run, error, isPending } = useServerAction(connectAccountAction, ({ nextUrl }) => {
    setIsOpeningNextPage(true);
    location.assign(nextUrl);
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    run({ token, integration: key, config: readConfig(data), credentials: readCredentials(authMode, data) });
  }
  const errors = error?.fields ?? {};
  const isBusy = isPending || isOpeningNextPage;
  return (
    <form method="post" onSubmit={submit} className="grid gap-4">
      {error !== null && error.fields === undefined && (
        <Notice role="alert" tone="danger">
          {error.message}
        </Notice>
      )}
      <ConfigFields fields={fields} errors={errors} />
      <CredentialFields authMode={authMode} errors={errors} />
      <Button type="submit" variant="primary" disabled={isBusy || !isHydrated}>
        {submitLabel(authMode, name, isBusy)}
      </Button>
      <p className="flex flex-wrap justify-between gap-x-4 gap-y-1 text-ink-3 text-sm">
        {hasOtherIntegrations && (
          <Link
            href={{ query: { session_token: token, again: "" } }}
            prefetch={false}
            className="underline hover:text-ink"
          >
            Choose another integration
          </Link>
        )}
        <a href={docs} target="_blank" rel="noreferrer" className="underline hover:text-ink">
          About {name}
        </a>
      </p>
    </form>
  );
}

function submitLabel(authMode: ConnectMode, name: string, isBusy: boolean): string {
  if (authMode === "OAUTH2") return isBusy ? `Opening ${name}…` : `Continue to ${name}`;
  return isBusy ? "Connecting…" : "Connect";
}

function readConfig(form: FormData): Record<string, string> {
  const entries = [...form].filter(([name]) => name.startsWith("config."));
  return Object.fromEntries(entries.map(([name, value]) => [name.slice("config.".length), String(value)]));
}

function readCredentials(authMode: ConnectMode, form: FormData): ConnectInput["credentials"] {
  const text = (name: string) => String(form.get(name) ?? "");
  switch (authMode) {
    case "OAUTH2":
      return { type: "OAUTH2" };
    case "API_KEY":
      return { type: "API_KEY", apiKey: text("apiKey") };
    case "BASIC":
      return { type: "BASIC", username: text("username"), password: text("password") };
  }
}
