import "server-only";
import { headers } from "next/headers";
import { publicOrigin } from "@/lib/infrastructure/net/public-origin";
import { settings } from "@/lib/infrastructure/settings/settings";

/** The address at which this request's sender reached us. */
export async function requestOrigin(): Promise<string> {
  const given = await headers();
  return publicOrigin((name) => given.get(name), settings().publicUrl);
}
