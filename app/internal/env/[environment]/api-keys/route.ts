import { readApiKeyList } from "@/lib/access/api-keys/read-list";
import { environmentRoute } from "@/lib/dashboard/auth/environment-route";
import { database } from "@/lib/infrastructure/db/client";

export const GET = environmentRoute({
  permission: "view",
  run: async ({ member, environment }) =>
    Response.json(await readApiKeyList(database(), environment, member.role)),
});
