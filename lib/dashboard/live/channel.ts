import type { Environment } from "@/lib/access/environments/model";
import { type MemberRole, memberRoles } from "@/lib/access/members/model";
import type { Notification } from "@/lib/infrastructure/notifications/notification";
import { formatEvent, type LiveEvent } from "./event";
import { changedKeyIds, noPendingUpdates, type PendingUpdates, recordUse, toEvents } from "./pending-updates";
import type { LiveQueries } from "./queries";
import type { LiveStream } from "./stream";

/**
 * The event stream of one open page of a member. `role` is the role with which the request was authorized.
 */
export type OpenPage = {
  readonly memberId: number;
  readonly role: MemberRole;
  readonly stream: LiveStream;
};

/** The open pages of one environment, to which its events are sent. */
export type Channel = {
  readonly pages: ReadonlySet<OpenPage>;
  readonly join: (page: OpenPage) => void;
  readonly leave: (page: OpenPage) => void;
  readonly onNotification: (notification: Extract<Notification, { readonly kind: "key" | "use" }>) => void;
  /**
   * Checks every page's access again and sends it the whole list. Call it when the environment has changed
   * and when notifications may have been missed.
   */
  readonly resync: () => void;
};

/** The work for the next round. `pagesAwaitingList` are sent the whole list, the other pages the `updates`. */
type PendingWork = { readonly pagesAwaitingList: Set<OpenPage>; readonly updates: PendingUpdates };

function noPendingWork(): PendingWork {
  return { pagesAwaitingList: new Set(), updates: noPendingUpdates() };
}

function hasPendingWork({ pagesAwaitingList, updates }: PendingWork): boolean {
  return pagesAwaitingList.size + updates.keys.size + updates.uses.size > 0;
}

/**
 * Opens a channel. It works in rounds, one at a time: take the pending work, read the database, send events.
 * The list for a new page is read after the page has joined, and notifications that arrive during a round
 * wait for the next one. Therefore no change is missed and no older state follows a newer one. When a round
 * fails, all streams end and the pages reconnect.
 */
export function openChannel(
  environment: Environment,
  queries: LiveQueries,
  onFailure: (error: unknown) => void,
): Channel {
  const pages = new Set<OpenPage>();
  let current = environment;
  let pending = noPendingWork();
  let isRunning = false;

  function scheduleRounds(): void {
    if (isRunning) return;
    isRunning = true;
    // Waits until all notifications of the same network packet have been received, so that one round handles
    // them.
    setImmediate(runRounds);
  }

  async function runRounds(): Promise<void> {
    try {
      while (hasPendingWork(pending)) await runRound();
    } catch (error) {
      onFailure(error);
      endAllStreams();
    } finally {
      isRunning = false;
    }
  }

  async function runRound(): Promise<void> {
    const { pagesAwaitingList, updates } = pending;
    const otherPages = [...pages].filter((page) => !pagesAwaitingList.has(page));
    pending = noPendingWork();
    if (pagesAwaitingList.size > 0) await checkAccessAndSendLists([...pagesAwaitingList]);
    if (otherPages.length > 0) await sendUpdates(otherPages, updates);
  }

  async function checkAccessAndSendLists(pagesAwaitingList: readonly OpenPage[]): Promise<void> {
    const found = await queries.environmentByName(current.name);
    // The environment was deleted or renamed: its pages get an error when they reconnect.
    if (found?.id !== current.id) return endAllStreams();
    current = found;
    await endStreamsOfChangedRoles(pagesAwaitingList);
    await sendLists(pagesAwaitingList);
  }

  /**
   * Ends the streams of members whose role has changed since the request was authorized. Their pages
   * reconnect.
   */
  async function endStreamsOfChangedRoles(pagesAwaitingList: readonly OpenPage[]): Promise<void> {
    const members = [...new Set(pagesAwaitingList.map(({ memberId }) => memberId))];
    const roles = new Map(
      await Promise.all(members.map(async (id) => [id, await queries.memberRole(id)] as const)),
    );
    for (const { memberId, role, stream } of pagesAwaitingList)
      if (roles.get(memberId) !== role) stream.end();
  }

  async function sendLists(pagesAwaitingList: readonly OpenPage[]): Promise<void> {
    for (const role of memberRoles) {
      const group = pagesAwaitingList.filter((page) => page.role === role);
      if (group.length > 0) send(group, { kind: "list", list: await queries.keyList(current, role) });
    }
  }

  async function sendUpdates(otherPages: readonly OpenPage[], updates: PendingUpdates): Promise<void> {
    const ids = changedKeyIds(updates);
    const keys = ids.length === 0 ? [] : await queries.keysById(current.id, ids);
    for (const event of toEvents(updates, keys)) send(otherPages, event);
  }

  function endAllStreams(): void {
    // A copy, because a stream that ends removes its page from the set.
    for (const { stream } of [...pages]) stream.end();
  }

  return {
    pages,
    join: (page) => {
      pages.add(page);
      pending.pagesAwaitingList.add(page);
      scheduleRounds();
    },
    leave: (page) => {
      pages.delete(page);
      pending.pagesAwaitingList.delete(page);
    },
    onNotification: (notification) => {
      if (notification.kind === "use") recordUse(pending.updates, notification);
      else {
        const change = notification.change === "deleted" ? "deleted" : "changed";
        pending.updates.keys.set(notification.keyId, change);
      }
      scheduleRounds();
    },
    resync: () => {
      for (const page of pages) pending.pagesAwaitingList.add(page);
      scheduleRounds();
    },
  };
}

/** Sends an event to all pages. Encodes it only once. */
function send(pages: readonly OpenPage[], event: LiveEvent): void {
  const bytes = new TextEncoder().encode(formatEvent(event));
  for (const { stream } of pages) stream.send(bytes);
}
