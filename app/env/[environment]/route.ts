import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { lastEnvironmentCookie } from "@/lib/access/environments/last-environment-cookie";
import { requireEnvironment } from "@/lib/dashboard/auth/environment";
import { sessionCookie } from "@/lib/dashboard/auth/session-token";

type Context = { readonly params: Promise<{ environment: string }> };

/**
 * Stores the environment as the one that the start page opens, then redirects to its `section`. The
 * environment switcher links here.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { environment } = await requireEnvironment((await params).environment);
  const requested = new URL(request.url).searchParams.get("section") ?? "";
  const section = /^[a-z-]{1,40}$/.test(requested) ? requested : "api-keys";
  (await cookies()).set(lastEnvironmentCookie, environment.name, {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure: sessionCookie().secure,
    maxAge: 365 * 24 * 3600,
  });
  const isSettings = section !== "integrations" && section !== "connections";
  redirect(`/env/${environment.name}/${isSettings ? "settings/" : ""}${section}`);
}
