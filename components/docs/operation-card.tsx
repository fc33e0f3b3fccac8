import { Badge } from "@/components/ui/badge";
import type { Content, Operation } from "@/lib/environment-api/openapi/model";
import type { OperationEntry } from "./group-operations";
import { ParameterList } from "./parameter-list";
import { SchemaBlock } from "./schema-block";

/** One operation: its summary, required scopes, parameters, body and responses. */
export function OperationCard({ entry: { method, path, operation } }: { readonly entry: OperationEntry }) {
  const id = operation.operationId;
  return (
    <article aria-labelledby={id} className="grid gap-3 border-t px-4 py-4 first:border-t-0 sm:px-5">
      <div className="grid gap-1">
        <h3 id={id} className="scroll-mt-4 font-medium">
          {operation.summary}
        </h3>
        <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
          <span className="font-mono font-semibold text-accent">{method}</span>
          <code className="break-all font-mono">{path}</code>
          {operation.deprecated && <Badge tone="warn">Deprecated</Badge>}
        </p>
        <RequiredScopes operation={operation} />
        {operation.description !== undefined && (
          <p className="text-ink-2 text-sm [overflow-wrap:anywhere]">{operation.description}</p>
        )}
      </div>
      {!operation.deprecated && <Details operation={operation} />}
    </article>
  );
}

function RequiredScopes({ operation: { security } }: { readonly operation: Operation }) {
  const scopes = security.flatMap((requirement) => Object.values(requirement).flat());
  if (scopes.length === 0) return <p className="text-ink-2 text-sm">Any valid key</p>;
  return (
    <p className="text-ink-2 text-sm">
      Requires <code className="break-all font-mono text-ink">{scopes.join(", ")}</code>
    </p>
  );
}

function Details({ operation: { parameters, requestBody, responses } }: { readonly operation: Operation }) {
  const all = Object.entries(responses);
  const errorStatuses = all.filter(([status]) => /^[45]/.test(status)).map(([status]) => status);
  return (
    <>
      <ParameterList parameters={parameters} />
      {requestBody !== undefined && <ContentBlock title="Body" content={requestBody.content} />}
      {all
        .filter(([status]) => !errorStatuses.includes(status))
        .map(([status, { content, description }]) => (
          <ContentBlock
            key={status}
            title={status === "default" ? description : `Response ${status}`}
            content={content ?? {}}
          />
        ))}
      <p className="text-ink-3 text-sm">Errors: {errorStatuses.join(", ")}</p>
    </>
  );
}

function ContentBlock({ title, content }: { readonly title: string; readonly content: Content }) {
  return (
    <div className="grid gap-1">
      <h4 className="font-medium text-ink-2 text-sm">{title}</h4>
      {Object.entries(content).map(([type, { schema }]) =>
        type === "application/json" ? (
          <SchemaBlock key={type} schema={schema} />
        ) : (
          <p key={type} className="text-ink-2 text-sm">
            Any content type, streamed
          </p>
        ),
      )}
    </div>
  );
}
