import type { Database } from "@/lib/infrastructure/db/client";
import type { Settings } from "@/lib/infrastructure/settings/settings";
import { addMember } from "./lifecycle";
import { hashPassword } from "./password";
import { issueSetupLink } from "./setup-link";
import { hasActiveAdmin } from "./store";

export type FirstAdminOutcome =
  | { readonly kind: "exists" }
  | { readonly kind: "created"; readonly email: string }
  /**
   * `path` belongs to the one-time link with which the first admin chooses an e-mail address and a password.
   */
  | { readonly kind: "link"; readonly path: string };

/**
 * Ensures that an admin can sign in. Called at every start. If no admin can sign in, adds the admin of the
 * settings, or issues a new one-time link if the settings name none. There is no default password.
 */
export async function ensureFirstAdmin(
  db: Database,
  settings: Pick<Settings, "firstAdmin">,
  now: Date,
): Promise<FirstAdminOutcome> {
  if (await hasActiveAdmin(db)) return { kind: "exists" };
  if (settings.firstAdmin === null) return { kind: "link", path: await issueSetupLink(db, null, now) };
  const { email, password } = settings.firstAdmin;
  const system = { kind: "system", name: "system", address: null, userAgent: null } as const;
  const passwordHash = await hashPassword(password);
  const added = await addMember(db, system, { email, role: "admin", passwordHash });
  // The addition fails if another process that started at the same time has added the admin.
  return added.ok ? { kind: "created", email } : { kind: "exists" };
}
