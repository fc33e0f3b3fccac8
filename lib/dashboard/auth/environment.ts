import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import type { Environment } from "@/lib/access/environments/model";
import { environmentNameSchema } from "@/lib/access/environments/model";
import { findEnvironment } from "@/lib/access/environments/store";
import type { Member } from "@/lib/access/members/model";
import { database } from "@/lib/infrastructure/db/client";
import { requireMember } from "./session";

/**
 * Finds an environment by name. Null when none exists or the name is invalid. Queries the database once per
 * request.
 */
export const findEnvironmentByName = cache(async (name: string): Promise<Environment | null> => {
  const parsed = environmentNameSchema.safeParse(name);
  return parsed.success ? findEnvironment(database(), parsed.data) : null;
});

/**
 * Returns the signed-in member and the environment of a page below `/env/{environment}`. Redirects to the
 * sign-in page if there is no session. Shows the not-found page if the environment does not exist.
 */
export async function requireEnvironment(
  name: string,
): Promise<{ readonly member: Member; readonly environment: Environment }> {
  const member = await requireMember();
  const environment = await findEnvironmentByName(name);
  if (environment === null) notFound();
  return { member, environment };
}
