"use server";

import { z } from "zod";
import { environmentAction } from "../auth/member-action";
import { database } from "../db/client";
import { settings } from "../env";
import * as reveal from "./reveal";

/** One connection's credentials, value by value, audited. */
export const revealConnection = environmentAction({
  permission: "manage_environment",
  input: z.object({ id: z.int().positive() }),
  run: ({ actor, environment, input }) =>
    reveal.revealConnection(database(), settings().masterKey, environment, actor, input.id),
});
