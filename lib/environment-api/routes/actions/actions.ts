import { z } from "zod";
import { jsonRoute, noInput } from "@/lib/environment-api/pipeline/route";
import { unknownConnection } from "@/lib/environment-api/routes/connections/connection-errors";
import { connectionHeaders, emptyHeader } from "@/lib/environment-api/routes/connections/connection-headers";
import { toActionRunError } from "@/lib/functions/action-runs/action-run-error";
import { runAction } from "@/lib/functions/action-runs/run-action";
import { findActionRun, insertActionRun } from "@/lib/functions/action-runs/run-store";
import { findAction } from "@/lib/functions/definitions/store";
import { functionNameSchema } from "@/lib/functions/deployments/model";
import { headText } from "@/lib/infrastructure/bounded-schema";
import { fail, ok } from "@/lib/infrastructure/result";
import { findConnectionByConnectionId } from "@/lib/upstream/connections/store";
import { disabledAction, noFunctionRunner, unknownAction } from "./action-errors";

const scope = "environment:actions:execute";

const triggerHeaders = connectionHeaders.extend({
  "x-async": z.union([emptyHeader, headText.pipe(z.stringbool("Must be true or false"))]).optional(),
  "x-max-retries": z
    .union([
      emptyHeader,
      z
        .string()
        .regex(/^[0-5]$/, "Must be 0 to 5")
        .max(1)
        .transform(Number),
    ])
    .optional(),
});

/** Not strict: unknown fields are ignored (docs/environment-api.md, "18. actions:execute"). */
const triggerBody = z.object({ action_name: functionNameSchema, input: z.unknown().optional() });

const startedRunDtoSchema = z.strictObject({ id: z.uuid(), statusUrl: z.string() });

const trigger = jsonRoute({
  ...noInput,
  method: "POST",
  path: "/action/trigger",
  scope,
  summary: "Run an action. Returns its output or, for an asynchronous run, where to read it",
  headers: triggerHeaders,
  body: triggerBody,
  response: { status: 200, schema: z.unknown() },
  otherResponse: { status: 202, schema: startedRunDtoSchema },
  handler: async ({ db, environmentId, getFunctionRunner, wakeActionWorker, headers, body }) => {
    const uniqueKey = headers["provider-config-key"];
    const connection = await findConnectionByConnectionId(
      db,
      environmentId,
      uniqueKey,
      headers["connection-id"],
    );
    if (connection === null) return fail(unknownConnection(400));
    const action = await findAction(db, environmentId, uniqueKey, body.action_name);
    if (action === null) return fail(unknownAction(body.action_name));
    if (!action.enabled) return fail(disabledAction(body.action_name));
    const runner = getFunctionRunner();
    if (runner === null) return fail(noFunctionRunner);
    const { input } = body;
    if (headers["x-async"] === true) {
      const maxRetries = headers["x-max-retries"] ?? 0;
      const run = { connectionRowId: connection.id, functionId: action.id, input, maxRetries };
      const id = await insertActionRun(db, environmentId, run);
      wakeActionWorker();
      const statusUrl = `/action/${id}`;
      return { ...ok({ id, statusUrl }), status: 202, headers: { Location: statusUrl } };
    }
    const result = await runAction(db, runner, environmentId, { connection, action, input });
    return result.ok ? ok(result.value) : fail(toActionRunError(result.error));
  },
});

const read = jsonRoute({
  ...noInput,
  method: "GET",
  path: "/action/{id}",
  scope,
  summary: "Read the output of an asynchronous action",
  params: z.strictObject({ id: z.uuid() }),
  response: { status: 200, schema: z.unknown() },
  handler: async ({ db, environmentId, params: { id } }) => {
    const run = await findActionRun(db, environmentId, id);
    if (run?.status === "succeeded") return ok(run.output);
    if (run?.status === "failed") return fail(run.failure);
    return fail({
      status: 404,
      code: "not_found",
      message: "The action run does not exist or has not finished",
    });
  },
});

export const actionRoutes = [trigger, read];
