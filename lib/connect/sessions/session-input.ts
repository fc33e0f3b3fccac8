import { z } from "zod";
import { boundedArray, boundedObject, boundedRecord } from "@/lib/infrastructure/bounded-schema";
import { endUserInputSchema } from "@/lib/upstream/connections/end-user";
import { connectionIdSchema } from "@/lib/upstream/connections/model";
import { tagsSchema } from "@/lib/upstream/connections/tags";
import { uniqueKeySchema } from "@/lib/upstream/integrations/model";

/** The most integrations that one session names. */
const maxIntegrations = 1000;

const organization = z.strictObject({
  id: z.string().min(1).max(255),
  display_name: z.string().max(255).optional(),
});

const defaults = z.strictObject({
  user_scopes: z.string().max(10_000).optional(),
  authorization_params: boundedRecord(z.string().max(255), z.string().max(10_000), 100).optional(),
  connection_config: boundedObject(
    z.looseObject({ oauth_scopes_override: z.string().max(10_000).optional() }),
    1000,
  ).optional(),
});

const overrides = z.strictObject({
  docs_connect: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .optional(),
});

const shared = {
  end_user: endUserInputSchema.optional(),
  organization: organization.optional(),
  integrations_config_defaults: boundedRecord(uniqueKeySchema, defaults, maxIntegrations).optional(),
  overrides: boundedRecord(uniqueKeySchema, overrides, maxIntegrations).optional(),
  tags: tagsSchema.optional(),
};

/** Schema of the body of `POST /connect/sessions`. Requires `end_user` or `tags`. */
export const newSessionSchema = z
  .strictObject({
    ...shared,
    allowed_integrations: boundedArray(uniqueKeySchema, maxIntegrations).optional(),
  })
  .superRefine(({ end_user, tags }, context) => {
    if (end_user !== undefined || tags !== undefined) return;
    context.addIssue({
      code: "invalid_type",
      expected: "object",
      input: undefined,
      path: ["end_user"],
      message: "Required unless tags are given",
    });
  });

/** Schema of the body of `POST /connect/sessions/reconnect`. */
export const reconnectSchema = z.strictObject({
  ...shared,
  connection_id: connectionIdSchema,
  integration_id: uniqueKeySchema,
});

export type SessionInput = Omit<z.output<typeof reconnectSchema>, "connection_id" | "integration_id"> & {
  readonly allowed_integrations?: readonly string[] | undefined;
};
