import { z } from "zod";
import { addMember, changeMemberRole, removeMember } from "@/lib/access/members/lifecycle";
import {
  emailSchema,
  type Member,
  memberRoleSchema,
  memberRoles,
  newMemberSchema,
  passwordSchema,
} from "@/lib/access/members/model";
import { hashPassword } from "@/lib/access/members/password";
import { findMemberByEmail, listMembers } from "@/lib/access/members/store";
import type { Installation } from "@/lib/server/installation/open-installation";
import type { Command } from "./command";
import { formatTable } from "./format-table";
import { commandLineActor, done, failed, type Outcome, usageError } from "./outcome";
import { parseOptions } from "./parse-options";

const usage = `Usage:
  npm run -s members -- add    --email EMAIL --role ROLE    (reads the password from standard input)
  npm run -s members -- list   [--json]
  npm run -s members -- role   --email EMAIL --role ROLE
  npm run -s members -- remove --email EMAIL

ROLE is one of: ${memberRoles.join(", ")}
`;

const text = { type: "string" } as const;

/** Returns the commands for members. Only `add` calls `readPassword`. */
export function membersCommands(readPassword: () => Promise<string>) {
  return {
    usage,
    commands: {
      add: (args: readonly string[]) => parseAdd(args, readPassword),
      list: parseList,
      role: parseRole,
      remove: parseRemove,
    },
  };
}

function parseAdd(args: readonly string[], readPassword: () => Promise<string>): Command | Outcome {
  const options = parseOptions(args, { email: text, role: text });
  if (!options.ok) return usageError(options.error, usage);
  const member = newMemberSchema.safeParse(options.value);
  if (!member.success) return usageError(formatIssue(member.error), usage);
  return async ({ db }) => {
    const password = passwordSchema.safeParse(await readPassword());
    if (!password.success)
      return usageError(`Password from standard input: ${formatIssue(password.error)}`, usage);
    const passwordHash = await hashPassword(password.data);
    const added = await addMember(db, commandLineActor(), { ...member.data, passwordHash });
    return added.ok ? done("") : failed(added.error.message);
  };
}

function parseList(args: readonly string[]): Command | Outcome {
  const options = parseOptions(args, { json: { type: "boolean" } });
  if (!options.ok) return usageError(options.error, usage);
  return async ({ db }) => {
    const members = await listMembers(db);
    if (options.value.json) return done(`${JSON.stringify(members, null, 2)}\n`);
    const rows = members.map(({ email, role, hasPassword, createdAt }) => [
      email,
      role,
      hasPassword ? "yes" : "not yet",
      createdAt,
    ]);
    return done(formatTable([["EMAIL", "ROLE", "CAN SIGN IN", "ADDED"], ...rows]));
  };
}

function parseRole(args: readonly string[]): Command | Outcome {
  const options = parseOptions(args, { email: text, role: text });
  if (!options.ok) return usageError(options.error, usage);
  const parsed = z.object({ email: emailSchema, role: memberRoleSchema }).safeParse(options.value);
  if (!parsed.success) return usageError(formatIssue(parsed.error), usage);
  return withMember(parsed.data.email, async ({ db }, { id }) => {
    const changed = await changeMemberRole(db, commandLineActor(), { id, role: parsed.data.role });
    return changed.ok ? done("") : failed(changed.error.message);
  });
}

function parseRemove(args: readonly string[]): Command | Outcome {
  const options = parseOptions(args, { email: text });
  if (!options.ok) return usageError(options.error, usage);
  const parsed = z.object({ email: emailSchema }).safeParse(options.value);
  if (!parsed.success) return usageError(formatIssue(parsed.error), usage);
  return withMember(parsed.data.email, async ({ db }, { id }) => {
    const removed = await removeMember(db, commandLineActor(), id);
    return removed.ok ? done("") : failed(removed.error.message);
  });
}

function withMember(
  email: string,
  run: (installation: Installation, member: Member) => Promise<Outcome>,
): Command {
  return async (installation) => {
    const member = await findMemberByEmail(installation.db, email);
    return member === null ? failed(`No member with the email ${email}.`) : run(installation, member);
  };
}

function formatIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  const name = issue?.path[0];
  return `${name === undefined ? "" : `--${String(name)}: `}${issue?.message ?? "invalid"}.`;
}
