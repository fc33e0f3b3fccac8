import { z } from "zod";

type JsonSchema = z.core.JSONSchema.JSONSchema;

/**
 * Lists the parts of an input schema that accept a value of any size: texts, lists, and objects with names of the
 * sender's choice. Empty when each has a bound. `unknown` is no such part: its bound is the body's.
 */
export function unboundedParts(schema: z.ZodType): string[] {
  const root = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return partsOf(root, "", root.$defs ?? {});
}

function partsOf(
  schema: JsonSchema | boolean | undefined,
  path: string,
  definitions: Record<string, JsonSchema>,
): string[] {
  if (typeof schema !== "object") return [];
  const below = (inner: JsonSchema | boolean | undefined, part: string) =>
    partsOf(inner, `${path}${part}`, definitions);
  const { anyOf = [], oneOf = [], allOf = [], prefixItems = [], properties = {} } = schema;
  return [
    ...(isUnbounded(schema) ? [`${path === "" ? "." : path} (${schema.type})`] : []),
    ...[...anyOf, ...oneOf, ...allOf].flatMap((inner) => below(inner, "")),
    ...prefixItems.flatMap((inner) => below(inner, "[]")),
    ...(Array.isArray(schema.items) ? [] : below(schema.items, "[]")),
    ...Object.entries(properties).flatMap(([name, inner]) => below(inner, `.${name}`)),
    ...below(schema.additionalProperties, ".*"),
    ...below(schema.propertyNames, " names"),
  ];
}

function isUnbounded({
  type,
  enum: values,
  const: constant,
  maxLength,
  maxItems,
  format,
  ...schema
}: JsonSchema): boolean {
  if (values !== undefined || constant !== undefined) return false;
  if (type === "string") return maxLength === undefined && format !== "uuid";
  if (type === "array") return maxItems === undefined && schema.prefixItems === undefined;
  if (type !== "object") return false;
  const { additionalProperties, maxProperties, propertyNames } = schema;
  const isOpen = typeof additionalProperties === "object" || additionalProperties === true;
  const hasListedNames = typeof propertyNames === "object" && propertyNames.enum !== undefined;
  return isOpen && maxProperties === undefined && !hasListedNames;
}
