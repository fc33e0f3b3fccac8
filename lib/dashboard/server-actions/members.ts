"use server";

import { z } from "zod";
import { inviteMember, renewInvitation } from "@/lib/access/members/invitation";
import { changeMemberRole, removeMember } from "@/lib/access/members/lifecycle";
import { memberIdSchema, memberRoleSchema, newMemberSchema } from "@/lib/access/members/model";
import { memberAction } from "@/lib/dashboard/auth/member-action";
import { database } from "@/lib/infrastructure/db/client";

export const inviteMemberAction = memberAction({
  permission: "administer",
  input: newMemberSchema,
  run: ({ actor, input }) => inviteMember(database(), actor, input, new Date()),
});

export const renewInvitationAction = memberAction({
  permission: "administer",
  input: z.object({ id: memberIdSchema }),
  run: ({ actor, input }) => renewInvitation(database(), actor, input.id, new Date()),
});

export const changeMemberRoleAction = memberAction({
  permission: "administer",
  input: z.object({ id: memberIdSchema, role: memberRoleSchema }),
  run: ({ actor, input }) => changeMemberRole(database(), actor, input),
});

export const removeMemberAction = memberAction({
  permission: "administer",
  input: z.object({ id: memberIdSchema }),
  run: ({ actor, input }) => removeMember(database(), actor, input.id),
});
