import Link from "next/link";
import { CopyText } from "@/components/copy/copy-text";
import { ExactTime } from "@/components/shell/exact-time";
import { Fact, Facts } from "@/components/shell/facts";
import type { IntegrationDetail } from "@/lib/upstream/integrations/view";
import type { Provider } from "@/lib/upstream/providers/model";
import { authModeNames } from "./auth-mode-names";

type Props = {
  readonly environment: string;
  readonly integration: IntegrationDetail;
  readonly provider: Provider | null;
};

const linkClass = "break-words underline decoration-line-strong underline-offset-3 hover:decoration-ink";

export function IntegrationFacts({ environment, integration, provider }: Props) {
  const { uniqueKey, connections, forwardWebhooks, customNames, createdAt, updatedAt } = integration;
  return (
    <Facts>
      <Fact term="Key">
        <CopyText text={uniqueKey} className="-my-1 text-sm" />
      </Fact>
      <Fact term="Provider">
        {provider === null ? (
          `${integration.provider} (not in the catalogue)`
        ) : (
          <a href={provider.docs} rel="noreferrer" target="_blank" className={linkClass}>
            {provider.display_name}
            <span className="sr-only"> documentation, opens in a new tab</span>
          </a>
        )}
      </Fact>
      <Fact term="Auth">{provider === null ? "Unknown" : authModeNames[provider.auth_mode]}</Fact>
      <Fact term="Connections">
        <Link
          href={{ pathname: `/env/${environment}/connections`, query: { integration: uniqueKey } }}
          className={linkClass}
        >
          {connections === 1 ? "1 connection" : `${connections} connections`}
        </Link>
      </Fact>
      {provider !== null && (
        <Fact term="API">
          <code className="break-all font-mono text-sm">{provider.proxy.base_url}</code>
        </Fact>
      )}
      <Fact term="Webhooks">{forwardWebhooks ? "Forwarded" : "Not forwarded"}</Fact>
      {customNames.length > 0 && (
        <Fact term="Custom values">
          <code className="break-all font-mono text-sm">{customNames.join(", ")}</code>
        </Fact>
      )}
      <Fact term="Created">
        <ExactTime at={createdAt} />
      </Fact>
      <Fact term="Changed">
        <ExactTime at={updatedAt} />
      </Fact>
    </Facts>
  );
}
