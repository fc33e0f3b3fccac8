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
  readonly join: (reader: Subscriber) => void;
  readonly leave: (reader: Subscriber) => void;
  readonly onNotification: (signal: Extract<Notification, { readonly kind: "key" | "use" }>) => void;
  /** Something may have been missed, or the environment changed: everyone is judged again and gets the whole list. */
  readonly resync: () => void;
};

/** What the next round has to do. */
type PendingWork = { readonly newSubscribers: Set<Subscriber>; readonly updates: PendingUpdates };

function noPendingWork(): PendingWork {
  return { newSubscribers: new Set(), updates: noPendingUpdates() };
}

function hasPendingWork({ newSubscribers, updates }: PendingWork): boolean {
  return newSubscribers.size + updates.keys.size + updates.uses.size > 0;
}

/**
 * One round after another: take what is waiting, read it, pass it on. A reader's list is read after it joined, and what
 * came meanwhile waits for the next round, so that nothing is missed and nothing older follows something newer. A round
 * that fails ends the streams: their readers come again.
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
    // After everything that arrived in the same packet.
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
    const others = [...subscribers].filter((reader) => !newSubscribers.has(reader));
    pending = noPendingWork();
    if (newSubscribers.size > 0) await sendInitialLists([...newSubscribers]);
    if (others.length > 0) await sendUpdates(others, updates);
  }

  async function sendInitialLists(arrivals: readonly Subscriber[]): Promise<void> {
    const found = await queries.environmentByName(current.name);
    // Deleted, or called something else now: its readers learn what became of it when they ask again.
    if (found?.id !== current.id) return endAllStreams();
    current = found;
    await recheckAccess(arrivals);
    await sendLists(arrivals);
  }

  /** Sends whoever has another role now, or none, to ask again: it may have changed since their request was let in. */
  async function recheckAccess(arrivals: readonly Subscriber[]): Promise<void> {
    const members = [...new Set(arrivals.map(({ memberId }) => memberId))];
    const roles = new Map(
      await Promise.all(members.map(async (id) => [id, await queries.memberRole(id)] as const)),
    );
    for (const { memberId, role, stream } of arrivals) if (roles.get(memberId) !== role) stream.end();
  }

  async function sendLists(arrivals: readonly Subscriber[]): Promise<void> {
    for (const role of memberRoles) {
      const group = arrivals.filter((reader) => reader.role === role);
      if (group.length > 0) send(group, { kind: "list", list: await queries.keyList(current, role) });
    }
  }

  async function sendUpdates(listeners: readonly Subscriber[], told: PendingUpdates): Promise<void> {
    const ids = changedKeyIds(told);
    const read = ids.length === 0 ? [] : await queries.keysById(current.id, ids);
    for (const event of toEvents(told, read)) send(listeners, event);
  }

  function endAllStreams(): void {
    for (const { stream } of [...subscribers]) stream.end();
  }

  return {
    subscribers,
    join: (reader) => {
      subscribers.add(reader);
      pending.newSubscribers.add(reader);
      scheduleRounds();
    },
    leave: (reader) => {
      subscribers.delete(reader);
      pending.newSubscribers.delete(reader);
    },
    onNotification: (signal) => {
      if (signal.kind === "use") recordUse(pending.updates, signal);
      else pending.updates.keys.set(signal.keyId, signal.change === "deleted" ? "deleted" : "changed");
      scheduleRounds();
    },
    resync: () => {
      for (const reader of subscribers) pending.newSubscribers.add(reader);
      scheduleRounds();
    },
  };
}

/** Encoded once however many read it. */
function send(readers: readonly Subscriber[], event: LiveEvent): void {
  const bytes = new TextEncoder().encode(formatEvent(event));
  for (const { stream } of readers) stream.send(bytes);
}
