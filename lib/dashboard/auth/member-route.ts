import "server-only";
import { unstable_rethrow } from "next/navigation";
import type { Actor } from "@/lib/access/audit/model";
import type { Environment } from "@/lib/access/environments/model";
import type { Member } from "@/lib/access/members/model";
import type { Permission } from "@/lib/access/members/roles";
import { admitToEnvironment, refusalOf } from "./guard";
import { memberActor, originOf } from "./origin";
import type { ActionRefusal } from "./refusal";

type RouteParameters = { readonly environment: string } & Readonly<Record<string, string>>;

type RouteCall<Parameters> = {
  readonly member: Member;
  readonly actor: Actor;
  readonly environment: Environment;
  readonly parameters: Parameters;
  readonly request: Request;
};

/**
 * The only way to make an internal route (`app/internal/env/[environment]/...`) for our own pages: a session, an
 * environment and a role, or 401, 404, 403 as JSON. Nothing it answers is stored on the way.
 */
export function environmentRoute<Parameters extends RouteParameters>(route: {
  readonly permission: Permission;
  readonly run: (call: RouteCall<Parameters>) => Promise<Response>;
}): (request: Request, context: { readonly params: Promise<Parameters> }) => Promise<Response> {
  return async (request, context) => {
    const response = await answered(async () => {
      const parameters = await context.params;
      const admitted = await admitToEnvironment(route.permission, parameters.environment);
      if (!admitted.ok) return refused(admitted.error);
      const { member, environment } = admitted.value;
      const actor = memberActor(member, originOf(request.headers));
      return route.run({ member, actor, environment, parameters, request });
    });
    const caching = response.headers.get("Cache-Control");
    if (!caching?.includes("no-store")) response.headers.set("Cache-Control", "no-store");
    return response;
  };
}

const statuses = {
  unauthenticated: 401,
  forbidden: 403,
  environment_not_found: 404,
  invalid: 400,
  unavailable: 503,
  unexpected: 500,
} as const satisfies Record<ActionRefusal["code"], number>;

function refused(error: ActionRefusal): Response {
  return Response.json({ error }, { status: statuses[error.code] });
}

async function answered(run: () => Promise<Response>): Promise<Response> {
  try {
    return await run();
  } catch (error) {
    unstable_rethrow(error);
    return refused(refusalOf(error));
  }
}
