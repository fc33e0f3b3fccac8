import type { MemberRole } from "./model";

/** What a person may ask to do. `manage_environment` is everything that changes or reveals inside one environment. */
export type Permission = "view" | "manage_environment" | "administer";

/**
 * May a person with `role` do this (product, "Roles")? `manage_environment` needs the environment it is asked of;
 * without one the answer is no.
 */
export function hasPermission(
  role: MemberRole,
  permission: Permission,
  environment: { readonly isProduction: boolean } | null,
): boolean {
  switch (permission) {
    case "view":
      return true;
    case "manage_environment":
      if (environment === null || role === "viewer") return false;
      return role === "admin" || !environment.isProduction;
    case "administer":
      return role === "admin";
  }
}

/** Why this person may look at an environment's things and not touch them; null when they may do both. */
export function viewOnlyReason(
  role: MemberRole,
  environment: { readonly isProduction: boolean },
): string | null {
  if (hasPermission(role, "manage_environment", environment)) return null;
  return role === "viewer"
    ? "Your role is viewer: you can look, and ask an admin for changes."
    : "This is a production environment: only admins reveal or change what is in it.";
}
