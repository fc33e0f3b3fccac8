import { z } from "zod";
import type { ApiError } from "@/lib/environment-api/pipeline/errors";
import { jsonRoute, noInput } from "@/lib/environment-api/pipeline/route";
import { unknownProviderConfig } from "@/lib/environment-api/routes/connections/connection-errors";
import { isUnsupportedCli, minCliVersion } from "@/lib/functions/deployments/cli-version";
import { computeDeploymentPlan, type DeployError, deploy } from "@/lib/functions/deployments/deploy";
import { confirmationSchema, deploymentSchema } from "@/lib/functions/deployments/model";
import { countConnections, countSyncedConnections } from "@/lib/functions/deployments/store";
import { headText } from "@/lib/infrastructure/bounded-schema";
import { fail, ok } from "@/lib/infrastructure/result";
import {
  confirmationDtoSchema,
  deployedFunctionDtoSchema,
  toConfirmationDto,
  toDeployedFunctionDtos,
} from "./deploy-dto";

const scope = "environment:deploy";

/**
 * Larger than on other routes: a deployment contains the code, source and source map of every function
 * (docs/environment-api.md, section 1).
 */
const maxBodyBytes = 75 * 1024 * 1024;

/** The most nodes of a deployment: the JSON Schemas of its models have most of them. */
const maxBodyNodes = 200_000;

const headers = z.object({ "user-agent": headText.optional() });

function rejectOutdatedCli({ "user-agent": userAgent }: z.infer<typeof headers>): ApiError | null {
  if (!isUnsupportedCli(userAgent)) return null;
  const message = `This CLI version is no longer supported. Upgrade to ${minCliVersion} or newer.`;
  return { status: 400, code: "invalid_cli_version", message };
}

function deployError(error: DeployError): ApiError {
  if (error.kind === "unknown_integration") return unknownProviderConfig(error.uniqueKey);
  return {
    status: 409,
    code: "concurrent_deployment",
    message: "Another deployment to this environment is in progress. Try again when it has finished.",
  };
}

const confirm = jsonRoute({
  ...noInput,
  method: "POST",
  path: "/sync/deploy/confirmation",
  scope,
  summary: "Preview what a deployment would change",
  headers,
  checkHeaders: rejectOutdatedCli,
  body: confirmationSchema,
  maxBodyBytes,
  maxBodyNodes,
  response: { status: 200, schema: confirmationDtoSchema },
  handler: async ({ db, environmentId, body }) => {
    const [plan, byIntegration, byFunction] = await Promise.all([
      computeDeploymentPlan(db, environmentId, body),
      countConnections(db, environmentId),
      countSyncedConnections(db, environmentId),
    ]);
    return ok(toConfirmationDto(plan, { byIntegration, byFunction }));
  },
});

const runDeployment = jsonRoute({
  ...noInput,
  method: "POST",
  path: "/sync/deploy",
  scope,
  summary: "Deploy syncs, actions and on-event scripts",
  headers,
  checkHeaders: rejectOutdatedCli,
  body: deploymentSchema,
  maxBodyBytes,
  maxBodyNodes,
  response: { status: 200, schema: z.array(deployedFunctionDtoSchema) },
  handler: async ({ db, environmentId, body }) => {
    const deployed = await deploy(db, environmentId, body);
    if (!deployed.ok) return fail(deployError(deployed.error));
    return ok(toDeployedFunctionDtos(body, deployed.value));
  },
});

export const deployRoutes = [confirm, runDeployment];
