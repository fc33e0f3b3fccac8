import { z } from "zod";
import { ok } from "../../result";
import { openVariable } from "../../variables/secret";
import { listSealedVariables } from "../../variables/store";
import { noInput, scopedRoute } from "../scoped-route";

const listEnvironmentVariables = scopedRoute({
  ...noInput,
  method: "GET",
  path: "/environment-variables",
  scope: "environment:config:read",
  summary: "List the environment's variables with their values",
  success: { status: 200, schema: z.array(z.strictObject({ name: z.string(), value: z.string() })) },
  handler: async ({ db, masterKey, environmentId }) => {
    const variables = await listSealedVariables(db, environmentId);
    return ok(
      variables.map(({ id, name, sealed }) => ({ name, value: openVariable(masterKey, id, sealed) })),
    );
  },
});

export const variableRoutes = [listEnvironmentVariables];
