import Link from "next/link";
import { CopyText } from "@/components/copy/copy-text";
import { DescriptionItem, DescriptionList } from "@/components/shell/description-list";
import { ExactTime } from "@/components/shell/exact-time";
import type { IntegrationDetail } from "@/lib/upstream/integrations/view";
import type { Provider } from "@/lib/upstream/providers/model";
import { authModeNames } from "./auth-mode-names";

type Props = {
  readonly environment: string;
  readonly integration: IntegrationDetail;
  readonly provider: Provider | null;
};

const linkClass = "break-words underline decoration-line-strong underline-offset-3 hover:decoration-ink";

export function IntegrationDetails({ environment, integration, provider }: Props) {
  const { uniqueKey, connections, forwardWebhooks, customNames, createdAt, updatedAt } = integration;
  return (
    <DescriptionList>
      <DescriptionItem term="Key">
        <CopyText text={uniqueKey} className="-my-1 text-sm" />
      </DescriptionItem>
      <DescriptionItem term="Provider">
        {provider === null ? (
          `${integration.provider} (not in the catalog)`
        ) : (
          <a href={provider.docs} rel="noreferrer" target="_blank" className={linkClass}>
            {provider.display_name}
            <span className="sr-only"> documentation, opens in a new tab</span>
          </a>
        )}
      </DescriptionItem>
      <DescriptionItem term="Auth">
        {provider === null ? "Unknown" : authModeNames[provider.auth_mode]}
      </DescriptionItem>
      <DescriptionItem term="Connections">
        <Link
          href={{ pathname: `/env/${environment}/connections`, query: { integration: uniqueKey } }}
          className={linkClass}
        >
          {connections === 1 ? "1 connection" : `${connections} connections`}
        </Link>
      </DescriptionItem>
      {provider !== null && (
        <DescriptionItem term="API">
          <code className="break-all font-mono text-sm">{provider.proxy.base_url}</code>
        </DescriptionItem>
      )}
      <DescriptionItem term="Webhooks">{forwardWebhooks ? "Forwarded" : "Not forwarded"}</DescriptionItem>
      {customNames.length > 0 && (
        <DescriptionItem term="Custom values">
          <code className="break-all font-mono text-sm">{customNames.join(", ")}</code>
        </DescriptionItem>
      )}
      <DescriptionItem term="Created">
        <ExactTime at={createdAt} />
      </DescriptionItem>
      <DescriptionItem term="Changed">
        <ExactTime at={updatedAt} />
      </DescriptionItem>
    </DescriptionList>
  );
}
