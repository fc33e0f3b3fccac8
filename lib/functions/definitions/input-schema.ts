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
 * The JSON Schema of a function's input, with the other definitions when it refers to any; an empty object's when the function
 * takes none, null when the input is known not to be an object, or nothing is known of it.
 */
export function toInputSchema({ input, jsonSchema }: FunctionDefinition): ObjectSchema | null {
  if (input === null) return noInput;
  const known = definitionsSchema.safeParse(jsonSchema);
  if (!known.success) return null;
  const all = known.data.definitions;
  const schema = objectSchema.safeParse(all[input]);
  if (!schema.success) return null;
  const refers = JSON.stringify(schema.data).includes('"#/definitions/');
  return refers ? { ...schema.data, definitions: all } : schema.data;
}
