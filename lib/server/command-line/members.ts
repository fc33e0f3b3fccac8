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
  npm run -s members -- add    --email EMAIL --role ROLE    (the password comes on standard input)
  npm run -s members -- list   [--json]
  npm run -s members -- role   --email EMAIL --role ROLE
  npm run -s members -- remove --email EMAIL

ROLE is one of: ${memberRoles.join(", ")}
`;

const text = { type: "string" } as const;

/** `readPassword` is asked only by the command that needs one. */
export function membersCommands(readPassword: () => Promise<string>) {
  return {
    usage,
    commands: {
      add: (words: readonly string[]) => readAdd(words, readPassword),
      list: readList,
      role: readRole,
      remove: readRemove,
    },
  };
}

function readAdd(words: readonly string[], readPassword: () => Promise<string>): Command | Outcome {
  const read = parseOptions(words, { email: text, role: text });
  if (!read.ok) return usageError(read.error, usage);
  const member = newMemberSchema.safeParse(read.value);
  if (!member.success) return usageError(formatIssue(member.error), usage);
  return async ({ db }) => {
    const password = passwordSchema.safeParse(await readPassword());
    if (!password.success)
      return usageError(`Password on standard input: ${formatIssue(password.error)}`, usage);
    const passwordHash = await hashPassword(password.data);
    const added = await addMember(db, commandLineActor(), { ...member.data, passwordHash });
    return added.ok ? done("") : failed(added.error.message);
  };
}

function readList(words: readonly string[]): Command | Outcome {
  const read = parseOptions(words, { json: { type: "boolean" } });
  if (!read.ok) return usageError(read.error, usage);
  return async ({ db }) => {
    const members = await listMembers(db);
    if (read.value.json) return done(`${JSON.stringify(members, null, 2)}\n`);
    const rows = members.map(({ email, role, hasPassword, createdAt }) => [
      email,
      role,
      hasPassword ? "yes" : "not yet",
      createdAt,
    ]);
    return done(formatTable([["EMAIL", "ROLE", "CAN SIGN IN", "ADDED"], ...rows]));
  };
}

function readRole(words: readonly string[]): Command | Outcome {
  const read = parseOptions(words, { email: text, role: text });
  if (!read.ok) return usageError(read.error, usage);
  const wanted = z.object({ email: emailSchema, role: memberRoleSchema }).safeParse(read.value);
  if (!wanted.success) return usageError(formatIssue(wanted.error), usage);
  return withMember(wanted.data.email, async ({ db }, { id }) => {
    const changed = await changeMemberRole(db, commandLineActor(), { id, role: wanted.data.role });
    return changed.ok ? done("") : failed(changed.error.message);
  });
}

function readRemove(words: readonly string[]): Command | Outcome {
  const read = parseOptions(words, { email: text });
  if (!read.ok) return usageError(read.error, usage);
  const wanted = z.object({ email: emailSchema }).safeParse(read.value);
  if (!wanted.success) return usageError(formatIssue(wanted.error), usage);
  return withMember(wanted.data.email, async ({ db }, { id }) => {
    const removed = await removeMember(db, commandLineActor(), id);
    return removed.ok ? done("") : failed(removed.error.message);
  });
}

function withMember(
  email: string,
  work: (installation: Installation, member: Member) => Promise<Outcome>,
): Command {
  return async (installation) => {
    const member = await findMemberByEmail(installation.db, email);
    return member === null ? failed(`${email} is not a member.`) : work(installation, member);
  };
}

function formatIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  const name = issue?.path[0];
  return `${name === undefined ? "" : `--${String(name)}: `}${issue?.message ?? "wrong"}.`;
}
