import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/lib/dashboard/auth/config";

type Context = { readonly params: Promise<{ nextauth: string[] }> };

/**
 * The endpoints of next-auth that the product uses. Others do not exist: next-auth's `_log`, for one, writes
 * into the server's log whatever anybody sends.
 */
const endpoints: ReadonlySet<string> = new Set([
  "GET csrf",
  "GET session",
  "POST callback/credentials",
  "POST callback/setup-link",
]);

async function handleAuth(request: NextRequest, context: Context) {
  const { nextauth } = await context.params;
  const isUsed = endpoints.has(`${request.method} ${nextauth.map(encodeURIComponent).join("/")}`);
  return isUsed ? NextAuth(request, context, authOptions()) : new Response(null, { status: 404 });
}

export { handleAuth as GET, handleAuth as POST };
