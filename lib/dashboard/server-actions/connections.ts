"use server";

import { z } from "zod";
import { environmentAction } from "@/lib/dashboard/auth/member-action";
import { database } from "@/lib/infrastructure/db/client";
import { settings } from "@/lib/infrastructure/settings/settings";
import * as reveal from "@/lib/upstream/connections/reveal";

/** Returns one connection's credentials as separate values. Audited. */
export const revealConnectionAction = environmentAction({
  permission: "manage_environment",
  input: z.object({ id: z.int().positive() }),
  run: ({ actor, environment, input }) =>
    reveal.revealConnection(database(), settings().masterKey, environment, actor, input.id),
});
