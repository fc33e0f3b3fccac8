import type { Metadata } from "next";
import Link from "next/link";
import { ApiReference } from "@/components/docs/api-reference";
import { Brand } from "@/components/shell/brand";
import { documentPath, openApiDocument } from "@/lib/environment-api/openapi/document";

export const metadata: Metadata = { title: "API reference" };

/** Public, without sign-in: describes the API and shows no data. */
export default function DocsPage() {
  const document = openApiDocument();
  return (
    <div className="mx-auto grid max-w-6xl gap-8 px-4 pt-5 pb-16 sm:px-8">
      <header>
        <Link href="/" prefetch={false} className="rounded-control">
          <Brand />
        </Link>
      </header>
      <main className="grid min-w-0 gap-8">
        <div className="grid max-w-2xl gap-2">
          <h1 className="font-semibold text-title tracking-tight">API reference</h1>
          <p className="text-ink-2">
            Send an API key as <code className="font-mono">Authorization: Bearer &lt;key&gt;</code>. Each
            operation names the scope it requires. A key without that scope gets 403, and the error names the
            scope. Every response has an <code className="font-mono">X-Request-Id</code>, which is also in the
            server log. An empty header is treated as not sent.
          </p>
          <p>
            <a
              href={documentPath}
              className="underline decoration-line-strong underline-offset-3 hover:decoration-ink"
            >
              OpenAPI 3.1 document
            </a>
          </p>
        </div>
        <ApiReference document={document} />
      </main>
    </div>
  );
}
