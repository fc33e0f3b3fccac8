"use server";

import { z } from "zod";
import { environmentAction } from "@/lib/dashboard/auth/member-action";
import { database } from "@/lib/infrastructure/db/client";
import { settings } from "@/lib/infrastructure/settings/settings";
import * as reveal from "@/lib/upstream/integrations/reveal";

/** Returns one integration's client credentials as separate values. Audited. */
export const revealIntegrationAction = environmentAction({
  permission: "manage_environment",
  input: z.object({ id: z.int().positive() }),
  run: ({ actor, environment, input }) =>
    reveal.revealIntegration(database(), settings().masterKey, environment, actor, input.id),
});
