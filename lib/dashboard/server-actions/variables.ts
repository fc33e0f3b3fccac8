"use server";

import { z } from "zod";
import { environmentAction } from "@/lib/dashboard/auth/server-action";
import {
  createVariable,
  deleteVariable,
  replaceVariableValue,
  revealVariable,
} from "@/lib/functions/variables/lifecycle";
import { newVariableSchema, variableChangeSchema, variableIdSchema } from "@/lib/functions/variables/model";
import { database } from "@/lib/infrastructure/db/client";
import { settings } from "@/lib/infrastructure/settings/settings";

export const createVariableAction = environmentAction({
  permission: "manage_environment",
  inputSchema: newVariableSchema,
  run: ({ actor, environment, input }) =>
    createVariable(database(), settings().masterKey, environment, actor, input),
});

export const changeVariableAction = environmentAction({
  permission: "manage_environment",
  inputSchema: variableChangeSchema,
  run: ({ actor, environment, input }) =>
    replaceVariableValue(database(), settings().masterKey, environment, actor, input),
});

export const revealVariableAction = environmentAction({
  permission: "manage_environment",
  inputSchema: z.object({ id: variableIdSchema }),
  run: ({ actor, environment, input }) =>
    revealVariable(database(), settings().masterKey, environment, actor, input.id),
});

export const deleteVariableAction = environmentAction({
  permission: "manage_environment",
  inputSchema: z.object({ id: variableIdSchema }),
  run: ({ actor, environment, input }) => deleteVariable(database(), environment, actor, input.id),
});
