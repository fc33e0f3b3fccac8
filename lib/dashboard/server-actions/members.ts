"use server";

import { z } from "zod";
import { inviteMember, renewInvitation } from "@/lib/access/members/invitation";
import { changeMemberRole, removeMember } from "@/lib/access/members/lifecycle";
import { memberIdSchema, memberRoleSchema, newMemberSchema } from "@/lib/access/members/model";
import { installationAction } from "@/lib/dashboard/auth/server-action";
import { database } from "@/lib/infrastructure/db/client";

export const inviteMemberAction = installationAction({
  permission: "administer",
  inputSchema: newMemberSchema,
  run: ({ actor, input }) => inviteMember(database(), actor, input, new Date()),
});

export const renewInvitationAction = installationAction({
  permission: "administer",
  inputSchema: z.object({ id: memberIdSchema }),
  run: ({ actor, input }) => renewInvitation(database(), actor, input.id, new Date()),
});

export const changeMemberRoleAction = installationAction({
  permission: "administer",
  inputSchema: z.object({ id: memberIdSchema, role: memberRoleSchema }),
  run: ({ actor, input }) => changeMemberRole(database(), actor, input),
});

export const removeMemberAction = installationAction({
  permission: "administer",
  inputSchema: z.object({ id: memberIdSchema }),
  run: ({ actor, input }) => removeMember(database(), actor, input.id),
});
