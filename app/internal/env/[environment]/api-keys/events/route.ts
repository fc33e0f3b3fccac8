import { environmentRoute } from "@/lib/dashboard/auth/environment-route";
import type { StreamError } from "@/lib/dashboard/live/hub";
import { getLiveHub } from "@/lib/dashboard/live/process-hub";

const errorMessages = {
  paused: "Live updates are paused. Ask for the list instead.",
  too_many: "There are too many open pages. Close some.",
} as const satisfies Record<StreamError, string>;

const headers = {
  "Content-Type": "text/event-stream",
  // Compression and caches on the way would keep events back; the last header says so to nginx.
  "Cache-Control": "no-store, no-transform",
  "X-Accel-Buffering": "no",
};

/** Tells the browser, and whoever asks for a stream in its place, when to come again. */
function errorResponse(refusal: StreamError): Response {
  const error = { code: refusal, message: errorMessages[refusal] };
  return Response.json({ error }, { status: 503, headers: { "Retry-After": "5" } });
}

/** What happens to the environment's keys, as it happens (`lib/live/event.ts`). */
export const GET = environmentRoute({
  permission: "view",
  run: async ({ member, environment, request }) => {
    // Next answers HEAD with this as well and never reads the body, which nobody would then close.
    if (request.method === "HEAD") return new Response(null, { headers });
    const opened = getLiveHub()?.open(environment, member, request.signal);
    if (opened === undefined) return errorResponse("paused");
    if (!opened.ok) return errorResponse(opened.error);
    return new Response(opened.value, { headers });
  },
});
