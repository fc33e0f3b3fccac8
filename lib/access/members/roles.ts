import type { MemberRole } from "./model";

/** An action to authorize. `manage_environment` is every change and every reveal inside one environment. */
export type Permission = "view" | "manage_environment" | "administer";

/**
 * True if a member with `role` has the permission. `manage_environment` requires an environment and is
 * denied with null.
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
