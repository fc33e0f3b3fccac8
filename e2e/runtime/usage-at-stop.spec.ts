import { openDataFolderDatabase } from "@/e2e/fixtures/data-folder-database";
import { expect, test } from "@/e2e/fixtures/runtime-test";
import { databaseFromPool } from "@/lib/infrastructure/db/client";
import { readUsageHours } from "@/lib/testing/read-usage";

test("SIGTERM in the middle of calls loses no use and invents none", async ({ dataDir, launch }) => {
  const latchkey = await launch();
  await latchkey.ready;
  const { pool, makeKey, close } = await openDataFolderDatabase(dataDir);
  const headers = { authorization: `Bearer ${await makeKey("Used")}` };

  let answered = 0;
  const callers = Array.from({ length: 8 }, async () => {
    for (;;) {
      const answer = await fetch(`${latchkey.baseURL}/providers/github`, { headers }).catch(() => null);
      if (answer === null) return;
      expect(answer.status).toBe(200);
      answered += 1;
      if (answered === 500) latchkey.child.kill("SIGTERM");
    }
  });
  await Promise.all(callers);
  expect(await latchkey.ended).toEqual({ code: 0, signal: null });
  expect(answered).toBeGreaterThanOrEqual(500);

  const [key] = await pool<{ id: number; environment: number }[]>`
    select id::int, environment_id::int as environment from api_keys where display_name = 'Used'`;
  const hours = await readUsageHours(
    databaseFromPool(pool),
    key?.environment ?? 0,
    key?.id ?? 0,
    new Date(0),
  );
  await close();
  expect(hours.reduce((all, { calls }) => all + calls, 0)).toBe(answered);
});
