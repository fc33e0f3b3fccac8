import type { Schema } from "@/lib/environment-api/openapi/model";

type Subschema = Schema | boolean | undefined;

/** Formats a JSON Schema like a TypeScript type, with limits as comments. */
export function formatSchema(schema: Subschema, indent = ""): string {
  if (schema === undefined || typeof schema === "boolean") return "any";
  if (schema.$ref !== undefined) return schema.$ref.split("/").at(-1) ?? "any";
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.map((choice) => formatSchema(choice, indent)).join(" | ");
  if (schema.type === "array") return formatArray(schema, indent);
  if (schema.type === "object") return formatObject(schema, indent);
  const type = [schema.type ?? "any"].flat().join(" | ");
  return schema.format === undefined ? type : `${type} (${schema.format})`;
}

function formatArray({ items }: Schema, indent: string): string {
  const item = formatSchema(Array.isArray(items) ? undefined : items, indent);
  return /^\w+$/.test(item) || item.startsWith("{") ? `${item}[]` : `(${item})[]`;
}

function formatObject(schema: Schema, indent: string): string {
  const { properties = {}, required = [], additionalProperties } = schema;
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(([name, property]) => {
    const mark = required.includes(name) ? "" : "?";
    return `${inner}${name}${mark}: ${formatSchema(property, inner)}${formatComment(property)}`;
  });
  if (typeof additionalProperties === "object") {
    lines.push(`${inner}[name: string]: ${formatSchema(additionalProperties, inner)}`);
  }
  return lines.length === 0 ? "{}" : `{\n${lines.join("\n")}\n${indent}}`;
}

function formatComment(property: Subschema): string {
  if (typeof property !== "object") return "";
  const parts = [property.description, formatLimits(property)].filter(
    (text) => text !== undefined && text !== "",
  );
  return parts.length === 0 ? "" : `  // ${parts.join(" ")}`;
}

/** Formats length and item limits: "1 to 255 characters". Empty when there are none. */
export function formatLimits({ minLength, maxLength, minItems, maxItems }: Schema): string {
  if (maxLength !== undefined) {
    return minLength === undefined
      ? `at most ${maxLength} characters`
      : `${minLength} to ${maxLength} characters`;
  }
  if (maxItems !== undefined) return `at most ${maxItems}`;
  return minItems === undefined || minItems === 0 ? "" : `at least ${minItems}`;
}
