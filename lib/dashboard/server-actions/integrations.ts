"use server";

import { z } from "zod";
import { environmentAction } from "@/lib/dashboard/auth/server-action";
import { database } from "@/lib/infrastructure/db/client";
import { settings } from "@/lib/infrastructure/settings/settings";
import { changeOverrideOrigins } from "@/lib/upstream/integrations/override-origins";
import { overrideOriginsSchema } from "@/lib/upstream/integrations/override-origins-input";
import * as reveal from "@/lib/upstream/integrations/reveal";

/** Returns the client credentials of one integration as separate values. The audit log records it. */
export const revealIntegrationAction = environmentAction({
  permission: "manage_environment",
  inputSchema: z.object({ id: z.int().positive() }),
  run: ({ actor, environment, input }) =>
    reveal.revealIntegration(database(), settings().masterKey, environment, actor, input.id),
});

/** Replaces the origins to which the proxy may send credentials of an integration. The audit log records it. */
export const changeOverrideOriginsAction = environmentAction({
  permission: "administer",
  inputSchema: z.object({ id: z.int().positive(), origins: overrideOriginsSchema }),
  run: ({ actor, environment, input }) => changeOverrideOrigins(database(), environment, actor, input),
});
