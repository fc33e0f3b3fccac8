import { z } from "zod";

export type Environment = {
  readonly id: number;
  readonly name: string;
  readonly isProduction: boolean;
};

/**
 * Name of an environment: a slug, because URLs contain it. A check constraint of the table has the same rule.
 */
export const environmentNameSchema = z
  .string()
  .trim()
  .min(1, "Enter a name")
  .max(40, "At most 40 characters")
  .regex(
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    "Use lowercase letters, digits and hyphens, with no hyphen at the start or end",
  );

export const environmentValuesSchema = z.object({
  name: environmentNameSchema,
  isProduction: z.boolean(),
});

export type EnvironmentError = {
  readonly code: "duplicate_name" | "last_environment" | "not_confirmed" | "not_found";
  readonly message: string;
  readonly fields?: Readonly<Record<string, string>>;
};
