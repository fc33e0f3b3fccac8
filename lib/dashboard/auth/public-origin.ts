import "server-only";
import { headers } from "next/headers";
import { publicOrigin } from "@/lib/infrastructure/net/public-origin";
import { settings } from "@/lib/infrastructure/settings/settings";

/** Returns the public origin of this request, such as `https://keys.example`. */
export async function requestOrigin(): Promise<string> {
  const requestHeaders = await headers();
  return publicOrigin((name) => requestHeaders.get(name), settings().publicUrl);
}
