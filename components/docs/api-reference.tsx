import type { OpenApiDocument } from "@/lib/environment-api/openapi/model";
import { groupOperations } from "./group-operations";
import { OperationCard } from "./operation-card";
import { SchemaBlock } from "./schema-block";

/** Renders the OpenAPI document: a table of contents, the shared error schemas, then every operation. */
export function ApiReference({ document }: { readonly document: OpenApiDocument }) {
  const groups = groupOperations(document);
  return (
    <div className="grid gap-8 lg:grid-cols-[12rem_minmax(0,1fr)]">
      <nav aria-label="Contents" className="lg:sticky lg:top-6 lg:self-start">
        <ul className="flex flex-wrap gap-x-4 gap-y-1.5 lg:grid">
          {[{ id: "errors", name: "Errors" }, ...groups].map(({ id, name }) => (
            <li key={id}>
              <a href={`#${id}`} className="text-ink-2 hover:text-ink hover:underline">
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className="grid min-w-0 gap-8">
        <section aria-labelledby="errors" className="grid gap-3">
          <h2 id="errors" className="scroll-mt-4 font-semibold">
            Errors
          </h2>
          {Object.entries(document.components.schemas).map(([name, schema]) => (
            <SchemaBlock key={name} schema={schema} />
          ))}
        </section>
        {groups.map(({ id, name, entries }) => (
          <section key={id} aria-labelledby={id} className="grid gap-3">
            <h2 id={id} className="scroll-mt-4 font-semibold">
              {name}
            </h2>
            <div className="rounded-card border bg-panel shadow-soft">
              {entries.map((entry) => (
                <OperationCard key={`${entry.method} ${entry.path}`} entry={entry} />
              ))}
            </div>
          </section>
        ))}
      </div>
    </div>
  );
}
