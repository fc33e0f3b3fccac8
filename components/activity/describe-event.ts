import type { AuditAction, AuditDetail, AuditEvent } from "@/lib/access/audit/model";
import { isGrant } from "@/lib/access/scopes/catalog";
import { formatGrantsLabel } from "@/lib/access/scopes/profiles";

/** The options of the action filter, by group. */
export const actionGroups = [
  {
    label: "API keys",
    actions: {
      "api_key.create": "Created",
      "api_key.rename": "Renamed",
      "api_key.change_scopes": "Scopes changed",
      "api_key.reveal": "Revealed",
      "api_key.copy": "Copied",
      "api_key.delete": "Deleted",
    },
  },
  {
    label: "Variables",
    actions: {
      "variable.create": "Created",
      "variable.change": "Changed",
      "variable.reveal": "Revealed",
      "variable.delete": "Deleted",
    },
  },
  {
    label: "Integrations",
    actions: {
      "integration.reveal": "Revealed",
      "integration.change_override_origins": "Proxy origins changed",
    },
  },
  { label: "Connections", actions: { "connection.reveal": "Revealed" } },
  {
    label: "Environments",
    actions: {
      "environment.create": "Created",
      "environment.change": "Changed",
      "environment.delete": "Deleted",
    },
  },
  {
    label: "Members",
    actions: {
      "member.add": "Added",
      "member.change_role": "Role changed",
      "member.remove": "Removed",
      "member.issue_link": "Link created",
      "member.set_password": "Password set",
    },
  },
  {
    label: "Sign-in",
    actions: { "sign_in.success": "Signed in", "sign_in.failure": "Failed" },
  },
] as const satisfies readonly {
  readonly label: string;
  readonly actions: Partial<Record<AuditAction, string>>;
}[];

/** The parts of a sentence. `actor`, `subject` and `object` are names and are emphasized. */
export type EventSentence = {
  readonly actor: string;
  readonly verb: string;
  readonly subject?: string;
  readonly rest?: string;
  readonly object?: string;
};

const simpleVerbs: Readonly<Partial<Record<AuditAction, string>>> = {
  "api_key.create": "created API key",
  "api_key.change_scopes": "changed the scopes of API key",
  "api_key.reveal": "revealed API key",
  "api_key.copy": "copied API key",
  "api_key.delete": "deleted API key",
  "variable.create": "created variable",
  "variable.change": "changed variable",
  "variable.reveal": "revealed variable",
  "variable.delete": "deleted variable",
  "integration.reveal": "revealed the credentials of integration",
  "integration.change_override_origins": "changed the proxy origins of integration",
  "environment.create": "created environment",
  "environment.delete": "deleted environment",
  "member.remove": "removed member",
  "member.issue_link": "created a one-time link for",
};

/** Describes an event as a sentence: `admin@example.com` "created API key" `CI Deploy Key`. */
export function describeEvent(event: AuditEvent): EventSentence {
  return { actor: describeActor(event), ...describePredicate(event) };
}

function describeActor({ actorKind, actorName }: AuditEvent): string {
  if (actorKind === "system") return "Latchkey";
  return actorKind === "command_line" ? `${actorName} (command line)` : actorName;
}

function describePredicate({ action, subjectName, detail }: AuditEvent): Omit<EventSentence, "actor"> {
  const subject = subjectName ?? "";
  const [before, after] = [formatState(detail.before), formatState(detail.after)];
  switch (action) {
    case "api_key.rename":
      return { verb: "renamed API key", subject: before, rest: "to", object: after };
    case "connection.reveal":
      return { verb: "revealed the credentials of connection", subject, rest: "of", object: detail.of ?? "" };
    case "environment.change":
      return typeof detail.after === "boolean"
        ? { verb: "marked environment", subject, rest: detail.after ? "as production" : "as not production" }
        : { verb: "renamed environment", subject: before, rest: "to", object: after };
    case "member.add":
      return { verb: "added member", subject, rest: `as ${after}` };
    case "member.change_role":
      return { verb: "changed", subject, rest: `from ${before} to ${after}` };
    case "member.set_password":
      return { verb: "set a password" };
    case "sign_in.success":
      return { verb: "signed in" };
    case "sign_in.failure":
      return { verb: "failed to sign in" };
    default:
      return { verb: simpleVerbs[action] ?? action, subject };
  }
}

/**
 * Returns the second line of an event: the scopes of a new key, or the scopes or origins before and after a
 * change. Otherwise null.
 */
export function describeDetail({ action, detail }: AuditEvent): string | null {
  if (action === "api_key.change_scopes")
    return `${formatState(detail.before)} → ${formatState(detail.after)}`;
  if (action === "integration.change_override_origins")
    return `${formatOrigins(detail.before)} → ${formatOrigins(detail.after)}`;
  if (action === "api_key.create") return formatState(detail.after);
  return null;
}

function formatState(state: AuditDetail["before"]): string {
  if (state === undefined) return "";
  if (typeof state === "boolean") return state ? "yes" : "no";
  return typeof state === "string" ? state : formatGrantsLabel(state.filter(isGrant));
}

function formatOrigins(origins: AuditDetail["before"]): string {
  return Array.isArray(origins) && origins.length > 0 ? origins.join(", ") : "none";
}
