import { eq } from "drizzle-orm";
import { apiKeys } from "@/drizzle/schema/api-keys";
import type { Database } from "@/lib/infrastructure/db/client";

type Past = {
  readonly usedSecondsAgo?: number;
  readonly createdDaysAgo?: number;
  readonly expiredSecondsAgo?: number;
};

/** Gives a key a past that a test cannot wait for. */
export async function givePast(db: Database, id: number, past: Past): Promise<void> {
  const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1000);
  const { usedSecondsAgo, createdDaysAgo, expiredSecondsAgo } = past;
  await db
    .update(apiKeys)
    .set({
      ...(usedSecondsAgo !== undefined && {
        lastUsedAt: secondsAgo(usedSecondsAgo),
        lastUse: {
          method: "GET",
          route: "/connections",
          status: 200,
          client: "nango-node-client 0.70.1",
          address: "10.0.0.12",
        },
      }),
      ...(createdDaysAgo !== undefined && { createdAt: secondsAgo(createdDaysAgo * 86_400) }),
      ...(expiredSecondsAgo !== undefined && { expiresAt: secondsAgo(expiredSecondsAgo) }),
    })
    .where(eq(apiKeys.id, id));
}
