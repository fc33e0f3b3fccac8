import { z } from "zod";
import type { Parameter, Schema } from "./model";

/** Converts to JSON Schema. `input` describes what a client may send, `output` what it receives. */
export function toJsonSchema(schema: z.ZodType, io: "input" | "output"): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}

/** True when the schema accepts nothing but an empty object. */
export function isEmptyObjectSchema(schema: Schema): boolean {
  return schema.additionalProperties === false && Object.keys(schema.properties ?? {}).length === 0;
}

/** Converts each property of an object schema to a parameter. */
export function toParameters(schema: z.ZodType, location: Parameter["in"]): Parameter[] {
  const { properties = {}, required = [] } = toJsonSchema(schema, "input");
  return Object.entries(properties).map(([name, property]) => {
    const propertySchema = typeof property === "boolean" ? {} : property;
    return {
      name: location === "header" ? headerName(name) : name,
      in: location,
      required: location === "path" || required.includes(name),
      schema: location === "header" ? withoutEmptyText(propertySchema) : propertySchema,
      ...(propertySchema.type === "object" && ({ style: "deepObject", explode: true } as const)),
    };
  });
}

function headerName(name: string): string {
  return name.replaceAll(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}

/**
 * Removes the empty text from the alternatives of a header. The document's description already says that an
 * empty header counts as absent.
 */
function withoutEmptyText(schema: Schema): Schema {
  const alternatives = schema.anyOf?.filter(
    (alternative) => typeof alternative === "boolean" || alternative.const !== "",
  );
  const [only] = alternatives ?? [];
  return alternatives?.length === 1 && typeof only === "object" ? only : schema;
}
