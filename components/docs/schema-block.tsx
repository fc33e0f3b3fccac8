import type { Schema } from "@/lib/environment-api/openapi/model";
import { formatSchema } from "./format-schema";

/** A schema as text. Long lines wrap, so that small screens do not scroll sideways. */
export function SchemaBlock({ schema }: { readonly schema: Schema }) {
  return (
    <pre className="whitespace-pre-wrap rounded-control bg-raised px-3 py-2 text-sm [overflow-wrap:anywhere]">
      <code className="font-mono">{formatSchema(schema)}</code>
    </pre>
  );
}
