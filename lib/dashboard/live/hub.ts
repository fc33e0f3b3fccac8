import type { Environment } from "@/lib/access/environments/model";
import type { Member } from "@/lib/access/members/model";
import type { Notification } from "@/lib/infrastructure/notifications/notification";
import type { NotificationSource } from "@/lib/infrastructure/notifications/notification-listener";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { type Channel, openChannel, type Subscriber } from "./channel";
import { formatEvent } from "./event";
import type { LiveQueries } from "./queries";
import { openStream } from "./stream";

export type HubOptions = {
  readonly notifications: NotificationSource;
  readonly queries: LiveQueries;
  /** Called when a read failed; the streams of its subscribers have ended. */
  readonly onFailure: (error: unknown) => void;
  readonly limits?: Partial<Limits>;
};

type Limits = {
  readonly maxStreamsPerMember: number;
  readonly maxStreamsPerProcess: number;
  readonly bufferBytes: number;
  /** Milliseconds until a stream ends, so that the member's session is checked again. */
  readonly streamLifetimeMs: number;
  /** Milliseconds without the notification lease after which streams end and none is opened. */
  readonly staleTimeoutMs: number;
  /** Milliseconds between two `time` events. */
  readonly heartbeatIntervalMs: number;
};

const defaults = {
  maxStreamsPerMember: 50,
  maxStreamsPerProcess: 2000,
  // About the size of a full list of the largest keys.
  bufferBytes: 128 * 1024,
  streamLifetimeMs: 5 * 60_000,
  staleTimeoutMs: 3000,
  heartbeatIntervalMs: 10_000,
} as const satisfies Limits;

/** `paused`: no notifications arrive now. `too_many`: the member or the process is at its stream limit. */
export type StreamError = "paused" | "too_many";

export type Hub = {
  /**
   * Opens a stream of events for a member whose session and role have just been checked. It starts with the
   * whole list. `disconnected` aborts when the page is gone, also before it has read the stream.
   */
  readonly open: (
    environment: Environment,
    member: Member,
    disconnected: AbortSignal,
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

/** Opens the hub: forwards PostgreSQL's notifications to the open pages of their environment. */
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

  const unsubscribe = notifications.subscribe({ onNotification, onListening: resyncAll });
  const expiryTimer = setInterval(
    endExpiredStreams,
    Math.min(1000, streamLifetimeMs, staleTimeoutMs),
  ).unref();
  const heartbeatTimer = setInterval(sendHeartbeats, heartbeatIntervalMs).unref();

  function onNotification(notification: Notification): void {
    switch (notification.kind) {
      case "key":
      case "use":
        channels.get(notification.environmentId)?.onNotification(notification);
        break;
      case "environment":
        channels.get(notification.environmentId)?.resync();
        break;
      case "all_keys_deleted":
        resyncAll();
        break;
      case "member":
        endStreamsWhere(({ subscriber }) => subscriber.memberId === notification.memberId);
    }
  }

  function resyncAll(): void {
    for (const channel of channels.values()) channel.resync();
  }

  function isCurrent(): boolean {
    if (notifications.isLeaseHeld()) lastCurrentAt = performance.now();
    return performance.now() - lastCurrentAt < staleTimeoutMs;
  }

  function endExpiredStreams(): void {
    const now = performance.now();
    const isStale = !isCurrent();
    endStreamsWhere(({ expiresAt }) => isStale || expiresAt <= now);
  }

  function sendHeartbeats(): void {
    const event = formatEvent({ kind: "time", serverTime: new Date().toISOString() });
    const bytes = new TextEncoder().encode(event);
    for (const { subscriber } of [...subscriptions]) subscriber.stream.send(bytes);
  }

  function endStreamsWhere(isOver: (subscription: Subscription) => boolean): void {
    for (const subscription of [...subscriptions]) {
      if (isOver(subscription)) subscription.subscriber.stream.end();
    }
  }

  function isFull(member: Member): boolean {
    if (subscriptions.size >= maxStreamsPerProcess) return true;
    return (
      [...subscriptions].filter(({ subscriber }) => subscriber.memberId === member.id).length >=
      maxStreamsPerMember
    );
  }

  function channelOf(environment: Environment): Channel {
    const channel = channels.get(environment.id) ?? openChannel(environment, queries, onFailure);
    channels.set(environment.id, channel);
    return channel;
  }

  return {
    open: (environment, member, disconnected) => {
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
      disconnected.addEventListener("abort", stream.end);
      if (disconnected.aborted) stream.end();
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
