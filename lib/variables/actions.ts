"use server";

import { z } from "zod";
import { environmentAction } from "../auth/member-action";
import { database } from "../db/client";
import { settings } from "../env";
import { createVariable, deleteVariable, replaceVariableValue, revealVariable } from "./lifecycle";
import { changedVariableSchema, newVariableSchema, variableIdSchema } from "./model";

export const createVariableAction = environmentAction({
  permission: "manage_environment",
  input: newVariableSchema,
  run: ({ actor, environment, input }) =>
    createVariable(database(), settings().masterKey, environment, actor, input),
});

export const changeVariableAction = environmentAction({
  permission: "manage_environment",
  input: changedVariableSchema,
  run: ({ actor, environment, input }) =>
    replaceVariableValue(database(), settings().masterKey, environment, actor, input),
});

export const revealVariableAction = environmentAction({
  permission: "manage_environment",
  input: z.object({ id: variableIdSchema }),
  run: ({ actor, environment, input }) =>
    revealVariable(database(), settings().masterKey, environment, actor, input.id),
});

export const deleteVariableAction = environmentAction({
  permission: "manage_environment",
  input: z.object({ id: variableIdSchema }),
  run: ({ actor, environment, input }) => deleteVariable(database(), environment, actor, input.id),
});
