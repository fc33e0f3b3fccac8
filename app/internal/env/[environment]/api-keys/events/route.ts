import { environmentRoute } from "@/lib/dashboard/auth/environment-route";
import type { StreamError } from "@/lib/dashboard/live/hub";
import { getLiveHub } from "@/lib/dashboard/live/process-hub";

const errorMessages = {
  paused: "Live updates are paused. Request the list instead.",
  too_many: "Too many open pages. Close some.",
} as const satisfies Record<StreamError, string>;

const headers = {
  "Content-Type": "text/event-stream",
  // Proxies that compress or cache would delay events; the last header turns off nginx's buffering.
  "Cache-Control": "no-store, no-transform",
  "X-Accel-Buffering": "no",
};

/** `Retry-After` is in seconds. */
function errorResponse(code: StreamError): Response {
  const error = { code, message: errorMessages[code] };
  return Response.json({ error }, { status: 503, headers: { "Retry-After": "5" } });
}

/** Streams the changes of the environment's keys as server-sent events (`lib/dashboard/live/event.ts`). */
export const GET = environmentRoute({
  permission: "view",
  run: async ({ member, environment, request }) => {
    // Next also calls this handler for HEAD and never reads the body, so an opened stream would stay open.
    if (request.method === "HEAD") return new Response(null, { headers });
    const opened = getLiveHub()?.open(environment, member, request.signal);
    if (opened === undefined) return errorResponse("paused");
    if (!opened.ok) return errorResponse(opened.error);
    return new Response(opened.value, { headers });
  },
});
