import { z } from "zod";
import { jsonRoute, noInput } from "@/lib/environment-api/pipeline/route";
import { unsealVariable } from "@/lib/functions/variables/secret";
import { listSealedVariables } from "@/lib/functions/variables/store";
import { ok } from "@/lib/infrastructure/result";

const listEnvironmentVariables = jsonRoute({
  ...noInput,
  method: "GET",
  path: "/environment-variables",
  scope: "environment:config:read",
  summary: "List the environment's variables with their values",
  response: { status: 200, schema: z.array(z.strictObject({ name: z.string(), value: z.string() })) },
  handler: async ({ db, masterKey, environmentId }) => {
    const variables = await listSealedVariables(db, environmentId);
    return ok(
      variables.map(({ id, name, sealed }) => ({ name, value: unsealVariable(masterKey, id, sealed) })),
    );
  },
});

export const variableRoutes = [listEnvironmentVariables];
