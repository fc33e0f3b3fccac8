"use server";

import { z } from "zod";
import { changeEnvironment, deleteEnvironment } from "@/lib/access/environments/lifecycle";
import { environmentValuesSchema } from "@/lib/access/environments/model";
import { createEnvironment } from "@/lib/access/provisioning/create-environment";
import { environmentAction, installationAction } from "@/lib/dashboard/auth/server-action";
import { database } from "@/lib/infrastructure/db/client";
import { fail } from "@/lib/infrastructure/result";
import { settings } from "@/lib/infrastructure/settings/settings";

export const createEnvironmentAction = installationAction({
  permission: "administer",
  inputSchema: environmentValuesSchema,
  run: ({ actor, input }) => createEnvironment(database(), settings().masterKey, actor, input),
});

export const changeEnvironmentAction = environmentAction({
  permission: "administer",
  inputSchema: environmentValuesSchema,
  run: ({ actor, environment, input }) => changeEnvironment(database(), actor, environment.id, input),
});

export const deleteEnvironmentAction = environmentAction({
  permission: "administer",
  inputSchema: z.object({ confirmation: z.string().max(1000) }),
  run: async ({ actor, environment, input }) => {
    if (input.confirmation.trim() !== environment.name) {
      const message = `Type ${environment.name} to confirm`;
      return fail({ code: "not_confirmed", message, fields: { confirmation: message } } as const);
    }
    return deleteEnvironment(database(), actor, environment.id);
  },
});
