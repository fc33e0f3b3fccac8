import type { Parameter } from "@/lib/environment-api/openapi/model";
import { formatLimits, formatSchema } from "./format-schema";

const locationLabels = { path: "Path", query: "Query", header: "Headers" } as const;

/** The parameters of an operation, by location. */
export function ParameterList({ parameters }: { readonly parameters: readonly Parameter[] }) {
  return (["path", "query", "header"] as const).map((location) => {
    const own = parameters.filter((parameter) => parameter.in === location);
    if (own.length === 0) return null;
    return (
      <div key={location} className="grid gap-1">
        <h4 className="font-medium text-ink-2 text-sm">{locationLabels[location]}</h4>
        <ul className="grid gap-1">
          {own.map(({ name, required, schema }) => (
            <li key={name} className="flex flex-wrap items-baseline gap-x-2 text-sm">
              <code className="break-all font-mono">{name}</code>
              <code className="font-mono text-ink-2 [overflow-wrap:anywhere]">{formatSchema(schema)}</code>
              <span className="text-ink-3">
                {[required ? "required" : "", formatLimits(schema), schema.description ?? ""]
                  .filter((text) => text !== "")
                  .join(", ")}
              </span>
            </li>
          ))}
        </ul>
      </div>
    );
  });
}
