import { cookies } from "next/headers";
import { sessionCookie } from "@/lib/dashboard/auth/session-token";

/** Ends the session and redirects to sign-in. Rejects requests from other sites. */
export async function POST(request: Request): Promise<Response> {
  const fetchSite = request.headers.get("sec-fetch-site");
  if (fetchSite !== null && fetchSite !== "same-origin") return new Response(null, { status: 403 });
  const { name, secure } = sessionCookie();
  (await cookies()).set({ name, value: "", maxAge: 0, path: "/", httpOnly: true, sameSite: "lax", secure });
  return new Response(null, { status: 303, headers: { Location: "/signin", "Cache-Control": "no-store" } });
}
