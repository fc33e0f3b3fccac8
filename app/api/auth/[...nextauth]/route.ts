import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/lib/dashboard/auth/config";

type Context = { readonly params: Promise<{ nextauth: string[] }> };

function handleAuth(request: NextRequest, context: Context) {
  return NextAuth(request, context, authOptions());
}

export { handleAuth as GET, handleAuth as POST };
