import { openPostgresProxy } from "@/e2e/fixtures/postgres-proxy";
import { expect, test } from "@/e2e/fixtures/runtime-test";
import { statementCounter } from "@/e2e/fixtures/statement-counter";
import { openThrowAwayPostgres } from "@/e2e/fixtures/throw-away-postgres";
import { openPool } from "@/lib/infrastructure/db/client";

function typed(type: string, body: string): Buffer {
  const header = Buffer.alloc(5, type);
  header.writeUInt32BE(4 + body.length, 1);
  return Buffer.concat([header, Buffer.from(body)]);
}

function untyped(code: number, body: string): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + body.length, 0);
  header.writeUInt32BE(code, 4);
  return Buffer.concat([header, Buffer.from(body)]);
}

test("counts statements in a stream that is cut anywhere", () => {
  const stream = Buffer.concat([
    untyped(80_877_103, ""),
    untyped(196_608, "user\0QQQQ\0\0"),
    typed("p", "password\0"),
    typed("Q", "select 'E'\0"),
    typed("P", "\0select QEQE\0\0\0"),
    typed("B", "\0\0\0\0\0\0\0\0"),
    typed("E", "\0\0\0\0\0"),
    typed("S", ""),
    typed("E", ""),
    typed("X", ""),
  ]);
  for (const size of [1, 2, 3, 7, stream.length]) {
    const count = statementCounter();
    let statements = 0;
    for (let at = 0; at < stream.length; at += size) statements += count(stream.subarray(at, at + size));
    expect(statements).toBe(3);
  }
});

test("passes on, counts, stalls, cuts and restores", async () => {
  const postgres = await openThrowAwayPostgres();
  const proxy = await openPostgresProxy(postgres.url);
  const pool = openPool(proxy.url, 1);
  const ask = async (): Promise<unknown> => (await pool`select ${"x".repeat(200_000)} as x`)[0]?.x;
  const answer = "x".repeat(200_000);
  expect(await ask()).toBe(answer);
  const before = proxy.statements();
  for (let time = 0; time < 5; time += 1) await ask();
  expect(proxy.statements() - before).toBe(5);

  proxy.stall();
  let isAnswered = false;
  const held = ask().finally(() => {
    isAnswered = true;
  });
  // Time in which an answer would have come.
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(isAnswered).toBe(false);
  await proxy.restore();
  expect(await held).toBe(answer);

  const cutOff = ask();
  const lost = expect(cutOff).rejects.toThrow();
  await proxy.cut();
  await lost;
  await expect(ask()).rejects.toThrow(/ECONNREFUSED/);
  await proxy.restore();
  await expect.poll(ask).toBe(answer);
  await pool.end({ timeout: 1 });
  await proxy.close();
  await postgres.close();
});
