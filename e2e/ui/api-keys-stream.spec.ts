import { endStreams, setVisibility } from "@/e2e/fixtures/live-page";
import { makeTestMember } from "@/e2e/fixtures/members";
import { expect, test } from "@/e2e/fixtures/test";
import { eventsAddress, KeysPage, listAddress } from "./keys-page";

test("when the stream is cut it says so, asks again and again, and is live again by itself", async ({
  openPageOf,
  db,
  environment,
  apiKey,
}) => {
  await apiKey(["environment:*"], { displayName: "First" });
  const member = await makeTestMember(db, "admin");
  const page = await openPageOf(member);
  const keys = new KeysPage(page);
  await keys.openLive(environment.name);
  await page.route(eventsAddress(environment.name), (route) => route.abort());
  await endStreams(db, member);
  await expect(keys.updates).toHaveText("Live updates paused, retrying");
  await apiKey(["environment:mcp"], { displayName: "Polled" });
  await expect(keys.row("Polled")).toBeVisible();
  await expect(keys.updates).toHaveText("Live updates paused, retrying");
  await page.unroute(eventsAddress(environment.name));
  await expect(keys.updates).toHaveText("Live", { timeout: 30_000 });
  await page.route(listAddress(environment.name), (route) => route.abort());
  await apiKey(["environment:mcp"], { displayName: "Streamed" });
  await expect(keys.row("Streamed")).toBeVisible();
});

test("a stream that ends in time is followed by another, and the page shows no interruption", async ({
  openPageOf,
  db,
  environment,
  apiKey,
}) => {
  await apiKey(["environment:*"]);
  const member = await makeTestMember(db, "admin");
  const page = await openPageOf(member);
  const keys = new KeysPage(page);
  await keys.openLive(environment.name);
  const words = await keys.updates.evaluateHandle((corner) => {
    const seen: (string | null)[] = [];
    new MutationObserver(() => seen.push(corner.textContent)).observe(corner, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    return seen;
  });
  const again = page.waitForRequest(eventsAddress(environment.name));
  await endStreams(db, member);
  await again;
  await apiKey(["environment:mcp"], { displayName: "Streamed" });
  await expect(keys.row("Streamed")).toBeVisible();
  expect(await words.jsonValue()).toEqual([]);
});

test("a hidden tab has no stream, and catches up when it is seen again", async ({
  adminPage: page,
  environment,
  apiKey,
}) => {
  await apiKey(["environment:*"]);
  const keys = new KeysPage(page);
  const opened = page.waitForRequest(eventsAddress(environment.name));
  await keys.openLive(environment.name);
  const closed = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/events"));
  await setVisibility(page, "hidden");
  expect((await closed).url()).toBe((await opened).url());
  await apiKey(["environment:mcp"], { displayName: "Meanwhile" });
  await setVisibility(page, "visible");
  await expect(keys.row("Meanwhile")).toBeVisible();
  await expect(keys.updates).toHaveText("Live");
});
