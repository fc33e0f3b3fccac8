import { z } from "zod";
import type { ApiError } from "@/lib/environment-api/pipeline/errors";
import { noInput, scopedRoute } from "@/lib/environment-api/pipeline/scoped-route";
import { unknownProviderConfig } from "@/lib/environment-api/routes/connections/connection-errors";
import { isUnsupportedCli, minCliVersion } from "@/lib/functions/deployments/cli-version";
import { type DeployError, deploy, loadDeploymentPlan } from "@/lib/functions/deployments/deploy";
import { confirmationSchema, deploymentSchema } from "@/lib/functions/deployments/model";
import { countConnections, countSyncedConnections } from "@/lib/functions/deployments/store";
import { fail, ok } from "@/lib/infrastructure/result";
import {
  confirmationDtoSchema,
  deployedFunctionDtoSchema,
  toConfirmationDto,
  toDeployedFunctionDtos,
} from "./deploy-dto";

const scope = "environment:deploy";

/** A deployment carries code, source and source maps of everything (contract, section 1). */
const maxBodyBytes = 75 * 1024 * 1024;

const headers = z.object({ "user-agent": z.string().optional() });

function rejectOutdatedCli(given: z.infer<typeof headers>): ApiError | null {
  if (!isUnsupportedCli(given["user-agent"])) return null;
  const message = `This version of the command line is no longer served: upgrade it to ${minCliVersion} or newer`;
  return { status: 400, code: "invalid_cli_version", message };
}

function deployError(refusal: DeployError): ApiError {
  if (refusal.kind === "unknown_integration") return unknownProviderConfig(refusal.uniqueKey);
  return {
    status: 409,
    code: "concurrent_deployment",
    message: "Another deployment to this environment is under way. Try again when it is done.",
  };
}

const confirm = scopedRoute({
  ...noInput,
  method: "POST",
  path: "/sync/deploy/confirmation",
  scope,
  summary: "Tell what a deployment would change",
  headers,
  checkHeaders: rejectOutdatedCli,
  body: confirmationSchema,
  maxBodyBytes,
  success: { status: 200, schema: confirmationDtoSchema },
  handler: async ({ db, environmentId, body }) => {
    const [plan, byIntegration, byFunction] = await Promise.all([
      loadDeploymentPlan(db, environmentId, body),
      countConnections(db, environmentId),
      countSyncedConnections(db, environmentId),
    ]);
    return ok(toConfirmationDto(plan, { byIntegration, byFunction }));
  },
});

const runDeployment = scopedRoute({
  ...noInput,
  method: "POST",
  path: "/sync/deploy",
  scope,
  summary: "Deploy syncs, actions and on-event scripts",
  headers,
  checkHeaders: rejectOutdatedCli,
  body: deploymentSchema,
  maxBodyBytes,
  success: { status: 200, schema: z.array(deployedFunctionDtoSchema) },
  handler: async ({ db, environmentId, body }) => {
    const deployed = await deploy(db, environmentId, body);
    if (!deployed.ok) return fail(deployError(deployed.error));
    return ok(toDeployedFunctionDtos(body, deployed.value));
  },
});

export const deployRoutes = [confirm, runDeployment];
