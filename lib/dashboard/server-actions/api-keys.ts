"use server";

import { z } from "zod";
import * as lifecycle from "@/lib/access/api-keys/lifecycle";
import { editedKeySchema, keyIdSchema, newKeySchema } from "@/lib/access/api-keys/model";
import { environmentAction } from "@/lib/dashboard/auth/member-action";
import { database } from "@/lib/infrastructure/db/client";
import { settings } from "@/lib/infrastructure/settings/settings";

/** Creates a key and returns its secret. Later only `revealApiKeyAction` returns it. */
export const createApiKeyAction = environmentAction({
  permission: "manage_environment",
  input: newKeySchema,
  run: ({ actor, environment, input }) =>
    lifecycle.createApiKey(database(), settings().masterKey, environment, actor, input),
});

export const editApiKeyAction = environmentAction({
  permission: "manage_environment",
  input: editedKeySchema,
  run: ({ actor, environment, input }) => lifecycle.editApiKey(database(), environment, actor, input),
});

/** Returns one key's secret. The audit log distinguishes showing from copying. */
export const revealApiKeyAction = environmentAction({
  permission: "manage_environment",
  input: z.object({ id: keyIdSchema, how: z.enum(["reveal", "copy"]) }),
  run: ({ actor, environment, input }) =>
    lifecycle.revealApiKey(database(), settings().masterKey, environment, actor, input),
});

export const deleteApiKeyAction = environmentAction({
  permission: "manage_environment",
  input: z.object({ id: keyIdSchema }),
  run: ({ actor, environment, input }) => lifecycle.deleteApiKey(database(), environment, actor, input.id),
});
