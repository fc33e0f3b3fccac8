import { z } from "zod";
import type { FunctionDefinition } from "./model";

const definitions = z.record(z.string(), z.record(z.string(), z.unknown()));

const definitionsSchema = z.object({ definitions });

const objectSchema = z.looseObject({
  type: z.literal("object"),
  properties: definitions.default({}),
  required: z.array(z.string()).default([]),
  definitions: definitions.optional(),
});

export type ObjectSchema = z.infer<typeof objectSchema>;

const noInput: ObjectSchema = { type: "object", properties: {}, required: [] };

/**
 * Returns the JSON Schema of a function's input. Includes all definitions when the schema refers to any. A
 * function without input has the schema of an empty object. Null when the input is not an object or has no
 * schema.
 */
export function toInputSchema({ input, jsonSchema }: FunctionDefinition): ObjectSchema | null {
  if (input === null) return noInput;
  const parsed = definitionsSchema.safeParse(jsonSchema);
  if (!parsed.success) return null;
  const allDefinitions = parsed.data.definitions;
  const schema = objectSchema.safeParse(allDefinitions[input]);
  if (!schema.success) return null;
  const hasReferences = JSON.stringify(schema.data).includes('"#/definitions/');
  return hasReferences ? { ...schema.data, definitions: allDefinitions } : schema.data;
}
