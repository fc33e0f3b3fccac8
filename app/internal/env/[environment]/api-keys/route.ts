import { readApiKeyList } from "@/lib/api-keys/listing";
import { environmentRoute } from "@/lib/auth/member-route";
import { database } from "@/lib/db/client";

export const GET = environmentRoute({
  permission: "view",
  run: async ({ member, environment }) =>
    Response.json(await readApiKeyList(database(), environment, member.role)),
});
