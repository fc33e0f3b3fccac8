import { z } from "zod";
import type { Parameter, Schema } from "./model";

/** A schema as JSON Schema: what a client may send with `input`, what it gets with `output`. */
export function toJsonSchema(schema: z.ZodType, io: "input" | "output"): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}

/** Does the schema take nothing but an empty object? */
export function isEmptyObjectSchema(schema: Schema): boolean {
  return schema.additionalProperties === false && Object.keys(schema.properties ?? {}).length === 0;
}

/** One parameter for each property of an object's schema. */
export function toParameters(schema: z.ZodType, place: Parameter["in"]): Parameter[] {
  const { properties = {}, required = [] } = toJsonSchema(schema, "input");
  return Object.entries(properties).map(([name, property]) => {
    const own = typeof property === "boolean" ? {} : property;
    return {
      name: place === "header" ? headerName(name) : name,
      in: place,
      required: place === "path" || required.includes(name),
      schema: place === "header" ? withoutEmpty(own) : own,
      ...(own.type === "object" && ({ style: "deepObject", explode: true } as const)),
    };
  });
}

function headerName(name: string): string {
  return name.replaceAll(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}

/** That an empty header counts as none is a rule for all of them, not worth a choice in each. */
function withoutEmpty(schema: Schema): Schema {
  const choices = schema.anyOf?.filter((choice) => typeof choice === "boolean" || choice.const !== "");
  const [only] = choices ?? [];
  return choices?.length === 1 && typeof only === "object" ? only : schema;
}
