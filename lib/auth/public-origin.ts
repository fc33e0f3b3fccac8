import "server-only";
import { headers } from "next/headers";
import { settings } from "../env";
import { publicOrigin } from "../serve/public-origin";

/** The address at which this request's sender reached us. */
export async function requestOrigin(): Promise<string> {
  const given = await headers();
  return publicOrigin((name) => given.get(name), settings().url);
}
