import { z } from "zod";
import { isStorableText } from "@/lib/infrastructure/storable-text";

/**
 * Largest number of variables in an environment. There is a limit, because `GET /environment-variables`
 * decrypts all of them.
 */
export const maxVariablesPerEnvironment = 200;

const variableNameSchema = z
  .string()
  .trim()
  .min(1, "Enter a name")
  .max(255, "At most 255 characters")
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "Use letters, digits and _, and do not start with a digit");

const variableValueSchema = z
  .string()
  .min(1, "Enter a value")
  .max(10_000, "At most 10,000 characters")
  .refine(isStorableText, "Remove characters that are not text");

export const variableIdSchema = z.int().positive();

export const newVariableSchema = z.object({ name: variableNameSchema, value: variableValueSchema });
export const variableChangeSchema = z.object({ id: variableIdSchema, value: variableValueSchema });

/** A variable without its value. */
export type VariableSummary = {
  readonly id: number;
  readonly name: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601. */
  readonly updatedAt: string;
};

export type VariableError =
  | {
      readonly code: "duplicate_name";
      readonly message: string;
      readonly fields: { readonly name: string };
    }
  | { readonly code: "too_many_variables"; readonly message: string }
  | { readonly code: "not_found"; readonly message: string };
