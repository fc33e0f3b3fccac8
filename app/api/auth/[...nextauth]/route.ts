import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/lib/dashboard/auth/config";

type Context = { readonly params: Promise<{ nextauth: string[] }> };

function answer(request: NextRequest, context: Context) {
  return NextAuth(request, context, authOptions());
}

export { answer as GET, answer as POST };
