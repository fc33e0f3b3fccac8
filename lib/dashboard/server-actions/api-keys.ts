"use server";

import { z } from "zod";
import * as lifecycle from "@/lib/access/api-keys/lifecycle";
import { editedKeySchema, keyIdSchema, newKeySchema } from "@/lib/access/api-keys/model";
import { environmentAction } from "@/lib/dashboard/auth/server-action";
import { database } from "@/lib/infrastructure/db/client";
import { settings } from "@/lib/infrastructure/settings/settings";

/** Creates a key and returns its secret. After that, only `revealApiKeyAction` returns the secret. */
export const createApiKeyAction = environmentAction({
  permission: "manage_environment",
  inputSchema: newKeySchema,
  run: ({ actor, environment, input }) =>
    lifecycle.createApiKey(database(), settings().masterKey, environment, actor, input),
});

export const editApiKeyAction = environmentAction({
  permission: "manage_environment",
  inputSchema: editedKeySchema,
  run: ({ actor, environment, input }) => lifecycle.editApiKey(database(), environment, actor, input),
});

/** Returns the secret of one key. The audit log records whether it was shown or copied. */
export const revealApiKeyAction = environmentAction({
  permission: "manage_environment",
  inputSchema: z.object({ id: keyIdSchema, how: z.enum(["reveal", "copy"]) }),
  run: ({ actor, environment, input }) =>
    lifecycle.revealApiKey(database(), settings().masterKey, environment, actor, input),
});

export const deleteApiKeyAction = environmentAction({
  permission: "manage_environment",
  inputSchema: z.object({ id: keyIdSchema }),
  run: ({ actor, environment, input }) => lifecycle.deleteApiKey(database(), environment, actor, input.id),
});
