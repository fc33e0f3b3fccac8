import { z } from "zod";
import { boundedRecord } from "@/lib/infrastructure/bounded-schema";

/**
 * The end user of a connection, as stored and as the API returns it
 * (docs/environment-api.md, "End user output").
 */
export type EndUser = {
  readonly id: string;
  readonly display_name: string | null;
  readonly email: string | null;
  readonly tags: Readonly<Record<string, string>> | null;
  readonly organization: { readonly id: string; readonly display_name: string | null } | null;
};

/** Schema of an end user in a request (docs/environment-api.md, "End user input"). */
export const endUserInputSchema = z.strictObject({
  id: z.string().min(1).max(255),
  email: z.email().min(5).max(255).optional(),
  display_name: z.string().max(255).optional(),
  tags: boundedRecord(z.string().max(255), z.string().max(255), 100).optional(),
});

/**
 * Converts the input to the stored form. The input contains no organization, because only connect sessions
 * set it. The current organization is kept while the end user's id stays the same.
 */
export function toEndUser(input: z.infer<typeof endUserInputSchema>, current: EndUser | null): EndUser {
  return {
    id: input.id,
    display_name: input.display_name ?? null,
    email: input.email ?? null,
    tags: input.tags ?? null,
    organization: current?.id === input.id ? current.organization : null,
  };
}

/**
 * Returns the tags derived from an end user and their organization. Every connection of the end user has
 * them.
 */
export function toEndUserTags(endUser: EndUser | null): Record<string, string> {
  if (endUser === null) return {};
  const { id, email, display_name, organization } = endUser;
  return {
    end_user_id: id,
    ...(email !== null && { end_user_email: email }),
    ...(display_name !== null && display_name !== "" && { end_user_display_name: display_name }),
    ...toOrganizationTags(organization),
  };
}

/** Returns the tags derived from an organization. */
export function toOrganizationTags(organization: EndUser["organization"]): Record<string, string> {
  if (organization === null) return {};
  const { id, display_name } = organization;
  return { organization_id: id, ...(display_name && { organization_display_name: display_name }) };
}
