import { request as openRequest } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "@/e2e/fixtures/test";

/*
 * A request costs memory and time before anybody knows who sends it: its body has a limit on every path of the
 * dashboard, by its declared length and while it arrives.
 */

const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

type Answer = { readonly status: number; readonly text: string };

type Upload = {
  readonly path: string;
  readonly bytes: number;
  readonly type?: string;
  /** Declares no length. */
  readonly isChunked?: boolean;
};

/** What a JSON parser has most work with: an array of empty arrays. */
const part = Buffer.from("[],".repeat(21_845));

/** Sends a body in parts, as fast as the server takes it, until it answers. */
function upload(baseURL: string, { path, bytes, type = "application/json", isChunked }: Upload) {
  return new Promise<Answer>((resolve, reject) => {
    const framing = isChunked === true ? { "transfer-encoding": "chunked" } : { "content-length": bytes };
    const request = openRequest(new URL(path, baseURL), {
      method: "POST",
      agent: false,
      headers: { "content-type": type, ...framing },
    });
    let answered = false;
    request.once("response", (response) => {
      answered = true;
      response.once("error", reject);
      void response.toArray().then((chunks) => {
        resolve({ status: response.statusCode ?? 0, text: chunks.join("") });
        request.destroy();
      });
    });
    request.once("error", (error) => (answered ? undefined : reject(error)));
    let left = bytes;
    const write = () => {
      while (left > 0 && !answered) {
        const next = part.subarray(0, Math.min(left, part.length));
        left -= next.length;
        if (!request.write(next)) return void request.once("drain", write);
      }
      if (left === 0) request.end();
    };
    write();
  });
}

const signInPaths = [
  "/api/auth/_log",
  "/api/auth/csrf",
  "/api/auth/session",
  "/api/auth/callback/credentials",
  "/api/auth/callback/setup-link",
  "/signin",
  "/setup?token=x",
  "/signout",
];
const otherPaths = ["/", "/members", "/env/dev/settings/api-keys", "/connect-ui", "/oauth/callback", "/docs"];

for (const path of [...signInPaths, ...otherPaths]) {
  test(`64 MB to ${path} is a 413 by its declared length`, async ({ server }) => {
    const answer = await upload(server.baseURL, { path, bytes: 64 * megabyte });
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.text)).toMatchObject({ error: { code: "payload_too_large" } });
  });

  test(`64 MB to ${path} without a declared length is not read`, async ({ server }) => {
    const answer = await upload(server.baseURL, { path, bytes: 64 * megabyte, isChunked: true });
    // A page that reads no body may answer before the limit is reached.
    if (path.startsWith("/api/auth/callback/")) expect(answer.status).toBe(413);
    else expect(answer.status).toBeLessThan(500);
  });
}

test("the limit is 16 KiB where people sign in, and 1 MiB elsewhere", async ({ server }) => {
  for (const [path, limit, isChunked] of [
    ["/api/auth/callback/credentials", 16 * kilobyte, false],
    ["/api/auth/callback/credentials", 16 * kilobyte, true],
    ["/env/dev", megabyte, false],
  ] as const) {
    const over = await upload(server.baseURL, { path, bytes: limit + 1, isChunked });
    expect([path, isChunked, over.status]).toEqual([path, isChunked, 413]);
    const exact = await upload(server.baseURL, { path, bytes: limit, isChunked });
    expect([path, isChunked, exact.status]).not.toEqual([path, isChunked, 413]);
  }
});

test("the server answers others at once while large bodies arrive", async ({ server }) => {
  const isDone = { value: false };
  const uploads = Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      upload(server.baseURL, {
        path: "/api/auth/callback/credentials",
        bytes: 64 * megabyte,
        isChunked: index % 2 === 0,
      }),
    ),
  ).finally(() => {
    isDone.value = true;
  });
  const times: number[] = [];
  while (!isDone.value || times.length === 0) {
    const started = performance.now();
    expect((await fetch(`${server.baseURL}/healthz`)).status).toBe(200);
    times.push(performance.now() - started);
    await wait(10);
  }
  expect(new Set((await uploads).map(({ status }) => status))).toEqual(new Set([413]));
  // Parsing 64 MB takes seconds. The limit leaves room for a busy machine.
  expect(Math.max(...times)).toBeLessThan(5000);
});

test("a form within the limit signs in, and one above it does not", async ({ server, request }) => {
  const { csrfToken } = await (await request.get("/api/auth/csrf")).json();
  const form = { csrfToken, email: "unknown@latchkey.test", password: "x", json: "true" };
  const within = await request.post("/api/auth/callback/credentials", { form });
  expect(within.status()).toBe(401);
  expect(await within.json()).toMatchObject({ url: expect.stringContaining("error=CredentialsSignin") });
  const above = await request.post(`${server.baseURL}/api/auth/callback/credentials`, {
    form: { ...form, password: "x".repeat(16 * kilobyte) },
  });
  expect(above.status()).toBe(413);
});
