import type { Metadata } from "next";
import Link from "next/link";
import { ApiReference } from "@/components/docs/api-reference";
import { Brand } from "@/components/shell/brand";
import { documentPath, openApiDocument } from "@/lib/environment-api/openapi/document";

export const metadata: Metadata = { title: "API reference" };

/** For everybody, signed in or not: it says what there is, nothing of what is in it. */
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
            operation names the scope that the key needs; a key without it gets 403 and the name of the scope.
            Every answer has an <code className="font-mono">X-Request-Id</code>, which is also in the
            server&apos;s log. An empty header counts as not sent.
          </p>
          <p>
            <a
              href={documentPath}
              className="underline decoration-line-strong underline-offset-3 hover:decoration-ink"
            >
              The same as an OpenAPI 3.1 document
            </a>
          </p>
        </div>
        <ApiReference document={document} />
      </main>
    </div>
  );
}
