import type { Environment } from "@/lib/access/environments/model";
import { type MemberRole, memberRoles } from "@/lib/access/members/model";
import type { Notification } from "@/lib/infrastructure/notifications/notification";
import { formatEvent, type LiveEvent } from "./event";
import { changedKeyIds, noPendingUpdates, type PendingUpdates, recordUse, toEvents } from "./pending-updates";
import type { LiveQueries } from "./queries";
import type { LiveStream } from "./stream";

export type Subscriber = {
  readonly memberId: number;
  readonly role: MemberRole;
  readonly stream: LiveStream;
};

/** The open pages of one environment. */
export type Channel = {
  readonly subscribers: ReadonlySet<Subscriber>;
  readonly join: (subscriber: Subscriber) => void;
  readonly leave: (subscriber: Subscriber) => void;
  readonly onNotification: (notification: Extract<Notification, { readonly kind: "key" | "use" }>) => void;
  /**
   * Rechecks every subscriber's access and sends the whole list again. For changes of the environment and
   * when notifications may have been missed.
   */
  readonly resync: () => void;
};

/** The work of the next round. */
type PendingWork = { readonly newSubscribers: Set<Subscriber>; readonly updates: PendingUpdates };

function noPendingWork(): PendingWork {
  return { newSubscribers: new Set(), updates: noPendingUpdates() };
}

function hasPendingWork({ newSubscribers, updates }: PendingWork): boolean {
  return newSubscribers.size + updates.keys.size + updates.uses.size > 0;
}

/**
 * Opens a channel. It works in rounds, one at a time: take the pending work, read the database, send events.
 * The list of a new subscriber is read after it joined, and later notifications wait for the next round, so
 * no change is missed and no older state follows a newer one. When a round fails, all streams end and their
 * pages reconnect.
 */
export function openChannel(
  environment: Environment,
  queries: LiveQueries,
  onFailure: (error: unknown) => void,
): Channel {
  const subscribers = new Set<Subscriber>();
  let current = environment;
  let pending = noPendingWork();
  let isRunning = false;

  function scheduleRounds(): void {
    if (isRunning) return;
    isRunning = true;
    // After all notifications of the same packet.
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
    const { newSubscribers, updates } = pending;
    const others = [...subscribers].filter((subscriber) => !newSubscribers.has(subscriber));
    pending = noPendingWork();
    if (newSubscribers.size > 0) await sendInitialLists([...newSubscribers]);
    if (others.length > 0) await sendUpdates(others, updates);
  }

  async function sendInitialLists(newSubscribers: readonly Subscriber[]): Promise<void> {
    const found = await queries.environmentByName(current.name);
    // The environment was deleted or renamed: its pages get an error when they reconnect.
    if (found?.id !== current.id) return endAllStreams();
    current = found;
    await recheckAccess(newSubscribers);
    await sendLists(newSubscribers);
  }

  /**
   * Ends the streams of members whose role has changed since their request was authorized. They reconnect.
   */
  async function recheckAccess(newSubscribers: readonly Subscriber[]): Promise<void> {
    const members = [...new Set(newSubscribers.map(({ memberId }) => memberId))];
    const roles = new Map(
      await Promise.all(members.map(async (id) => [id, await queries.memberRole(id)] as const)),
    );
    for (const { memberId, role, stream } of newSubscribers) if (roles.get(memberId) !== role) stream.end();
  }

  async function sendLists(newSubscribers: readonly Subscriber[]): Promise<void> {
    for (const role of memberRoles) {
      const group = newSubscribers.filter((subscriber) => subscriber.role === role);
      if (group.length > 0) send(group, { kind: "list", list: await queries.keyList(current, role) });
    }
  }

  async function sendUpdates(receivers: readonly Subscriber[], updates: PendingUpdates): Promise<void> {
    const ids = changedKeyIds(updates);
    const keys = ids.length === 0 ? [] : await queries.keysById(current.id, ids);
    for (const event of toEvents(updates, keys)) send(receivers, event);
  }

  function endAllStreams(): void {
    for (const { stream } of [...subscribers]) stream.end();
  }

  return {
    subscribers,
    join: (subscriber) => {
      subscribers.add(subscriber);
      pending.newSubscribers.add(subscriber);
      scheduleRounds();
    },
    leave: (subscriber) => {
      subscribers.delete(subscriber);
      pending.newSubscribers.delete(subscriber);
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
      for (const subscriber of subscribers) pending.newSubscribers.add(subscriber);
      scheduleRounds();
    },
  };
}

/** Sends an event to all receivers; encodes it once. */
function send(receivers: readonly Subscriber[], event: LiveEvent): void {
  const bytes = new TextEncoder().encode(formatEvent(event));
  for (const { stream } of receivers) stream.send(bytes);
}
