import type { MemberRole } from "./model";

/** What a role can permit. `manage_environment`: to change one environment and to reveal its secrets. */
export type Permission = "view" | "manage_environment" | "administer";

/**
 * True if a member with `role` has the permission. Without an environment, `manage_environment` is denied.
 */
export function hasPermission(
  role: MemberRole,
  permission: Permission,
  environment?: { readonly isProduction: boolean },
): boolean {
  switch (permission) {
    case "view":
      return true;
    case "manage_environment":
      if (environment === undefined || role === "viewer") return false;
      return role === "admin" || !environment.isProduction;
    case "administer":
      return role === "admin";
  }
}

/** Explains why a member can only view an environment; null when the member can also change it. */
export function viewOnlyReason(
  role: MemberRole,
  environment: { readonly isProduction: boolean },
): string | null {
  if (hasPermission(role, "manage_environment", environment)) return null;
  return role === "viewer"
    ? "Your role is viewer: you have read-only access. Ask an admin for changes."
    : "This is a production environment: only admins can reveal secrets or make changes.";
}
