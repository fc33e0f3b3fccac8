/** All actions in the audit log. `components/activity/describe-event.ts` describes each of them. */
export const auditActions = [
  "api_key.create",
  "api_key.rename",
  "api_key.change_scopes",
  "api_key.reveal",
  "api_key.copy",
  "api_key.delete",
  "variable.create",
  "variable.change",
  "variable.reveal",
  "variable.delete",
  "integration.reveal",
  "integration.change_override_origins",
  "connection.reveal",
  "environment.create",
  "environment.change",
  "environment.delete",
  "member.add",
  "member.change_role",
  "member.remove",
  "member.issue_link",
  "member.set_password",
  "sign_in.success",
  "sign_in.failure",
] as const;

export type AuditAction = (typeof auditActions)[number];

/** What changed, in a form that members can read. Never contains a secret or a hash. */
export type AuditDetail = {
  readonly before?: string | boolean | readonly string[];
  readonly after?: string | boolean | readonly string[];
  readonly reason?: string;
  /** The parent of the subject: the integration of a connection. */
  readonly of?: string;
};

/** Who acts, and from where. Every function that writes audit events takes an actor. */
export type Actor = {
  readonly kind: "member" | "command_line" | "system" | "anonymous";
  readonly name: string;
  readonly address: string | null;
  readonly userAgent: string | null;
};

/** An event of the audit log as the Activity page shows it. */
export type AuditEvent = {
  readonly id: number;
  /** ISO 8601. */
  readonly at: string;
  readonly action: AuditAction;
  readonly actorKind: Actor["kind"];
  readonly actorName: string;
  readonly environmentName: string | null;
  readonly subjectName: string | null;
  readonly detail: AuditDetail;
  readonly address: string | null;
  readonly userAgent: string | null;
};
