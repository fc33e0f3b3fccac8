"use server";

import { z } from "zod";
import { environmentAction, memberAction } from "../auth/member-action";
import { database } from "../db/client";
import { settings } from "../env";
import { fail } from "../result";
import { changeEnvironment, createEnvironment, deleteEnvironment } from "./lifecycle";
import { environmentValuesSchema } from "./model";

export const createEnvironmentAction = memberAction({
  permission: "administer",
  input: environmentValuesSchema,
  run: ({ actor, input }) => createEnvironment(database(), settings().masterKey, actor, input),
});

export const changeEnvironmentAction = environmentAction({
  permission: "administer",
  input: environmentValuesSchema,
  run: ({ actor, environment, input }) => changeEnvironment(database(), actor, environment.id, input),
});

export const deleteEnvironmentAction = environmentAction({
  permission: "administer",
  input: z.object({ confirmation: z.string() }),
  run: async ({ actor, environment, input }) => {
    if (input.confirmation.trim() !== environment.name) {
      const message = `Type ${environment.name} to confirm`;
      return fail({ code: "not_confirmed", message, fields: { confirmation: message } } as const);
    }
    return deleteEnvironment(database(), actor, environment.id);
  },
});
