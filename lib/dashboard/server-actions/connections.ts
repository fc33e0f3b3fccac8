"use server";

import { z } from "zod";
import { environmentAction } from "@/lib/dashboard/auth/server-action";
import { database } from "@/lib/infrastructure/db/client";
import { settings } from "@/lib/infrastructure/settings/settings";
import * as reveal from "@/lib/upstream/connections/reveal";

/** Returns the credentials of one connection as separate values. The audit log records it. */
export const revealConnectionAction = environmentAction({
  permission: "manage_environment",
  inputSchema: z.object({ id: z.int().positive() }),
  run: ({ actor, environment, input }) =>
    reveal.revealConnection(database(), settings().masterKey, environment, actor, input.id),
});
