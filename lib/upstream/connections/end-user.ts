import { z } from "zod";

/** The person behind a connection, as stored and as the API answers it (contract, section 2, "End user output"). */
export type EndUser = {
  readonly id: string;
  readonly display_name: string | null;
  readonly email: string | null;
  readonly tags: Readonly<Record<string, string>> | null;
  readonly organization: { readonly id: string; readonly display_name: string | null } | null;
};

/** The person as a request names them (contract, section 2, "End user input"). */
export const endUserInputSchema = z.strictObject({
  id: z.string().min(1).max(255),
  email: z.email().min(5).optional(),
  display_name: z.string().max(255).optional(),
  tags: z.record(z.string().max(255), z.string().max(255)).optional(),
});

/** The stored form of the input. The organization comes from connect sessions only: it stays while the person does. */
export function toEndUser(input: z.infer<typeof endUserInputSchema>, before: EndUser | null): EndUser {
  return {
    id: input.id,
    display_name: input.display_name ?? null,
    email: input.email ?? null,
    tags: input.tags ?? null,
    organization: before?.id === input.id ? before.organization : null,
  };
}

/** The tags that every connection of this person has. */
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

/** The part of them that names the organization. */
export function toOrganizationTags(organization: EndUser["organization"]): Record<string, string> {
  if (organization === null) return {};
  const { id, display_name } = organization;
  return { organization_id: id, ...(display_name && { organization_display_name: display_name }) };
}
