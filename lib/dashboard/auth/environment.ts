import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import type { Environment } from "@/lib/access/environments/model";
import { environmentNameSchema } from "@/lib/access/environments/model";
import { findEnvironment } from "@/lib/access/environments/store";
import type { Member } from "@/lib/access/members/model";
import { database } from "@/lib/infrastructure/db/client";
import { requireMember } from "./session";

/** The environment of that name; null when there is none or when it cannot be a name. Read once per request. */
export const findEnvironmentByName = cache(async (name: string): Promise<Environment | null> => {
  const parsed = environmentNameSchema.safeParse(name);
  return parsed.success ? findEnvironment(database(), parsed.data) : null;
});

/** For pages below `/env/{environment}`: who asks and which environment, or sign-in, or the page for what is not there. */
export async function requireEnvironment(
  name: string,
): Promise<{ readonly member: Member; readonly environment: Environment }> {
  const member = await requireMember();
  const environment = await findEnvironmentByName(name);
  if (environment === null) notFound();
  return { member, environment };
}
