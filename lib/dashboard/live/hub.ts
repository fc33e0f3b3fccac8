import type { Environment } from "@/lib/access/environments/model";
import type { Member } from "@/lib/access/members/model";
import type { Notification } from "@/lib/infrastructure/notifications/notification";
import type { NotificationSource } from "@/lib/infrastructure/notifications/notifications";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { type Channel, openChannel, type Subscriber } from "./channel";
import { formatEvent } from "./event";
import type { LiveQueries } from "./queries";
import { openStream } from "./stream";

export type HubOptions = {
  readonly notifications: NotificationSource;
  readonly queries: LiveQueries;
  /** Hears of a read that failed; its readers' streams have ended. */
  readonly onFailure: (error: unknown) => void;
  readonly limits?: Partial<Limits>;
};

type Limits = {
  readonly maxStreamsPerMember: number;
  readonly maxStreamsPerProcess: number;
  readonly bufferBytes: number;
  /** Milliseconds until a stream ends, so that its reader's session is looked at again. */
  readonly streamLifetimeMs: number;
  /** Milliseconds without proof that we hear everything, after which nobody is shown a stream that says nothing. */
  readonly staleTimeoutMs: number;
  /** Milliseconds between two times told. */
  readonly heartbeatIntervalMs: number;
};

const defaults = {
  maxStreamsPerMember: 50,
  maxStreamsPerProcess: 2000,
  // A full list of the largest keys is about this long.
  bufferBytes: 128 * 1024,
  streamLifetimeMs: 5 * 60_000,
  staleTimeoutMs: 3000,
  heartbeatIntervalMs: 10_000,
} as const satisfies Limits;

/** `paused`: nothing could be told at the moment. `too_many`: this person, or the process, has enough streams. */
export type StreamError = "paused" | "too_many";

export type Hub = {
  /**
   * A stream of events for a person whose session and role were checked just now. It starts with the whole list.
   * `left` says that they are gone, also when nobody has begun to read what was opened for them.
   */
  readonly open: (
    environment: Environment,
    member: Member,
    left: AbortSignal,
  ) => Result<ReadableStream<Uint8Array>, StreamError>;
  readonly stats: () => { readonly streams: number };
  /** Ends every stream and opens no more. */
  readonly close: () => void;
};

type Subscription = {
  readonly subscriber: Subscriber;
  readonly channel: Channel;
  readonly expiresAt: number;
};

/** Passes what Postgres tells this process on to the open pages, each environment's to its own. */
export function openHub({ notifications, queries, onFailure, limits }: HubOptions): Hub {
  const {
    maxStreamsPerMember,
    maxStreamsPerProcess,
    bufferBytes,
    streamLifetimeMs,
    staleTimeoutMs,
    heartbeatIntervalMs,
  } = { ...defaults, ...limits };
  const channels = new Map<number, Channel>();
  const subscriptions = new Set<Subscription>();
  let isOpen = true;
  let lastCurrentAt = Number.NEGATIVE_INFINITY;

  const unsubscribe = notifications.subscribe({ onNotification: onNotification, onSubscribed: resyncAll });
  const expiryTimer = setInterval(
    endExpiredStreams,
    Math.min(1000, streamLifetimeMs, staleTimeoutMs),
  ).unref();
  const heartbeatTimer = setInterval(sendHeartbeats, heartbeatIntervalMs).unref();

  function onNotification(signal: Notification): void {
    switch (signal.kind) {
      case "key":
      case "use":
        channels.get(signal.environmentId)?.onNotification(signal);
        break;
      case "environment":
        channels.get(signal.environmentId)?.resync();
        break;
      case "keys_gone":
        resyncAll();
        break;
      case "member":
        endStreamsWhere(({ subscriber }) => subscriber.memberId === signal.memberId);
    }
  }

  function resyncAll(): void {
    for (const room of channels.values()) room.resync();
  }

  function isCurrent(): boolean {
    if (notifications.isLeaseHeld()) lastCurrentAt = performance.now();
    return performance.now() - lastCurrentAt < staleTimeoutMs;
  }

  function endExpiredStreams(): void {
    const now = performance.now();
    const isDeaf = !isCurrent();
    endStreamsWhere(({ expiresAt }) => isDeaf || expiresAt <= now);
  }

  function sendHeartbeats(): void {
    const event = formatEvent({ kind: "time", serverTime: new Date().toISOString() });
    const bytes = new TextEncoder().encode(event);
    for (const { subscriber } of [...subscriptions]) subscriber.stream.send(bytes);
  }

  function endStreamsWhere(isOver: (seat: Subscription) => boolean): void {
    for (const seat of [...subscriptions]) if (isOver(seat)) seat.subscriber.stream.end();
  }

  function isFull(member: Member): boolean {
    if (subscriptions.size >= maxStreamsPerProcess) return true;
    return (
      [...subscriptions].filter(({ subscriber }) => subscriber.memberId === member.id).length >=
      maxStreamsPerMember
    );
  }

  function channelOf(environment: Environment): Channel {
    const room = channels.get(environment.id) ?? openChannel(environment, queries, onFailure);
    channels.set(environment.id, room);
    return room;
  }

  return {
    open: (environment, member, left) => {
      if (!isOpen || !isCurrent()) return fail("paused");
      if (isFull(member)) return fail("too_many");
      const channel = channelOf(environment);
      const stream = openStream(bufferBytes, () => {
        subscriptions.delete(subscription);
        channel.leave(subscriber);
        if (channel.subscribers.size === 0) channels.delete(environment.id);
      });
      const subscriber = { memberId: member.id, role: member.role, stream };
      const subscription = { subscriber, channel, expiresAt: performance.now() + streamLifetimeMs };
      subscriptions.add(subscription);
      channel.join(subscriber);
      left.addEventListener("abort", stream.end);
      if (left.aborted) stream.end();
      return ok(stream.body);
    },
    stats: () => ({ streams: subscriptions.size }),
    close: () => {
      isOpen = false;
      unsubscribe();
      clearInterval(expiryTimer);
      clearInterval(heartbeatTimer);
      endStreamsWhere(() => true);
    },
  };
}
