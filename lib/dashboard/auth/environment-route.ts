import "server-only";
import { unstable_rethrow } from "next/navigation";
import type { Actor } from "@/lib/access/audit/model";
import type { Environment } from "@/lib/access/environments/model";
import type { Member } from "@/lib/access/members/model";
import type { Permission } from "@/lib/access/members/roles";
import { authorizeForEnvironment } from "./authorize";
import { memberActor, readClientInfo } from "./client-info";
import { logAndConvertError } from "./log-and-convert-error";
import type { ServerActionError } from "./server-action-error";

type RouteParameters = { readonly environment: string } & Readonly<Record<string, string>>;

type RouteCall<Parameters> = {
  readonly member: Member;
  readonly actor: Actor;
  readonly environment: Environment;
  readonly parameters: Parameters;
  readonly request: Request;
};

/**
 * Creates the handler of an internal route (`app/internal/env/[environment]/...`). All internal routes are
 * created by it. Checks the session, the environment and the role, in this order. If a check fails, responds
 * with 401, 404 or 403 as JSON. Every response has `Cache-Control: no-store`.
 */
export function environmentRoute<Parameters extends RouteParameters>(route: {
  readonly permission: Permission;
  readonly run: (call: RouteCall<Parameters>) => Promise<Response>;
}): (request: Request, context: { readonly params: Promise<Parameters> }) => Promise<Response> {
  return async (request, context) => {
    const response = await convertThrownErrors(async () => {
      const parameters = await context.params;
      const authorized = await authorizeForEnvironment(route.permission, parameters.environment);
      if (!authorized.ok) return errorResponse(authorized.error);
      const { member, environment } = authorized.value;
      const actor = memberActor(member, readClientInfo(request.headers));
      return route.run({ member, actor, environment, parameters, request });
    });
    const cacheControl = response.headers.get("Cache-Control");
    if (!cacheControl?.includes("no-store")) response.headers.set("Cache-Control", "no-store");
    return response;
  };
}

const statusByCode = {
  unauthenticated: 401,
  forbidden: 403,
  environment_not_found: 404,
  invalid: 400,
  unavailable: 503,
  unexpected: 500,
} as const satisfies Record<ServerActionError["code"], number>;

function errorResponse(error: ServerActionError): Response {
  return Response.json({ error }, { status: statusByCode[error.code] });
}

async function convertThrownErrors(run: () => Promise<Response>): Promise<Response> {
  try {
    return await run();
  } catch (error) {
    // redirect() and notFound() throw errors that Next.js has to handle.
    unstable_rethrow(error);
    return errorResponse(logAndConvertError(error));
  }
}
