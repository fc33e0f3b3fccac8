import Link from "next/link";
import { describeIntegration } from "@/lib/upstream/providers/describe-integration";
import { ProviderLogo } from "./provider-logo";

type Props = {
  readonly environment: string;
  readonly integration: {
    readonly uniqueKey: string;
    readonly provider: string;
    readonly displayName: string | null;
  };
};

/** An integration's logo, name and key. The name links to its page. */
export function IntegrationName({ environment, integration }: Props) {
  const { name, logo } = describeIntegration(integration);
  return (
    <span className="flex min-w-0 items-center gap-3">
      <ProviderLogo src={logo} />
      <span className="grid min-w-0">
        <Link
          href={`/env/${environment}/integrations/${encodeURIComponent(integration.uniqueKey)}`}
          className="break-words font-medium hover:underline"
        >
          {name}
        </Link>
        <code className="break-all font-mono text-ink-3 text-sm">{integration.uniqueKey}</code>
      </span>
    </span>
  );
}
