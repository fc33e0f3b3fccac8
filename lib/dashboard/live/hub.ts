import type { Environment } from "@/lib/access/environments/model";
import type { Member } from "@/lib/access/members/model";
import type { Notification } from "@/lib/infrastructure/notifications/notification";
import type { NotificationSource } from "@/lib/infrastructure/notifications/notification-listener";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { type Channel, type OpenPage, openChannel } from "./channel";
import { formatEvent } from "./event";
import type { LiveQueries } from "./queries";
import { openStream } from "./stream";

export type HubOptions = {
  readonly notifications: NotificationSource;
  readonly queries: LiveQueries;
  /** Called when a database read of a channel failed. The channel then ends the streams of all its pages. */
  readonly onFailure: (error: unknown) => void;
  readonly limits?: Partial<Limits>;
};

type Limits = {
  readonly maxStreamsPerMember: number;
  readonly maxStreamsPerProcess: number;
  /** How many unread bytes of a stream are buffered. A page that reads more slowly is disconnected. */
  readonly bufferBytes: number;
  /**
   * Milliseconds until a stream ends. Its page then reconnects, and the member's session is checked again.
   */
  readonly streamLifetimeMs: number;
  /**
   * Once the notification lease has not been held for this many milliseconds, all streams end and no new one
   * opens.
   */
  readonly staleTimeoutMs: number;
  /** Milliseconds between two `time` events. */
  readonly timeEventIntervalMs: number;
};

const defaults = {
  maxStreamsPerMember: 50,
  maxStreamsPerProcess: 2000,
  // About the size of the longest possible key list with every field at its maximum length.
  bufferBytes: 128 * 1024,
  streamLifetimeMs: 5 * 60_000,
  staleTimeoutMs: 3000,
  timeEventIntervalMs: 10_000,
} as const satisfies Limits;

/**
 * `paused`: the hub is closed, or notifications may be missing. `too_many`: the member or the process has
 * reached its limit of streams.
 */
export type StreamError = "paused" | "too_many";

export type Hub = {
  /**
   * Opens a stream of events for a member whose session and role have just been checked. The first event
   * contains the full list of the environment's keys. `disconnected` aborts when the page disconnects, even
   * if it has not started to read the stream.
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

/** `expiresAt` is when the stream ends, by `performance.now()`. */
type ExpiringPage = OpenPage & { readonly expiresAt: number };

/** Opens the hub: forwards PostgreSQL's notifications to the open pages of their environment. */
export function openHub({ notifications, queries, onFailure, limits }: HubOptions): Hub {
  const {
    maxStreamsPerMember,
    maxStreamsPerProcess,
    bufferBytes,
    streamLifetimeMs,
    staleTimeoutMs,
    timeEventIntervalMs,
  } = { ...defaults, ...limits };
  const channels = new Map<number, Channel>();
  const pages = new Set<ExpiringPage>();
  let isOpen = true;
  let leaseLastHeldAt = Number.NEGATIVE_INFINITY;

  const unsubscribe = notifications.subscribe({ onNotification, onListening: resyncAll });
  const checkTimer = setInterval(
    endOutdatedStreams,
    Math.min(1000, streamLifetimeMs, staleTimeoutMs),
  ).unref();
  const timeEventTimer = setInterval(sendTimeEvents, timeEventIntervalMs).unref();

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
        endStreamsWhere(({ memberId }) => memberId === notification.memberId);
    }
  }

  function resyncAll(): void {
    for (const channel of channels.values()) channel.resync();
  }

  /** Records whether the lease is held. Returns false once it has not been held for `staleTimeoutMs`. */
  function checkLease(): boolean {
    if (notifications.isLeaseHeld()) leaseLastHeldAt = performance.now();
    return performance.now() - leaseLastHeldAt < staleTimeoutMs;
  }

  /** Ends the streams that have reached their lifetime or, without the lease, all streams. */
  function endOutdatedStreams(): void {
    const now = performance.now();
    const mayMissNotifications = !checkLease();
    endStreamsWhere(({ expiresAt }) => mayMissNotifications || expiresAt <= now);
  }

  function sendTimeEvents(): void {
    const event = formatEvent({ kind: "time", serverTime: new Date().toISOString() });
    const bytes = new TextEncoder().encode(event);
    for (const { stream } of [...pages]) stream.send(bytes);
  }

  function endStreamsWhere(shouldEnd: (page: ExpiringPage) => boolean): void {
    // A copy, because a stream that ends removes its page from the set.
    for (const page of [...pages]) if (shouldEnd(page)) page.stream.end();
  }

  function hasReachedStreamLimit(member: Member): boolean {
    if (pages.size >= maxStreamsPerProcess) return true;
    return [...pages].filter(({ memberId }) => memberId === member.id).length >= maxStreamsPerMember;
  }

  function getOrOpenChannel(environment: Environment): Channel {
    const channel = channels.get(environment.id) ?? openChannel(environment, queries, onFailure);
    channels.set(environment.id, channel);
    return channel;
  }

  return {
    open: (environment, member, disconnected) => {
      if (!isOpen || !checkLease()) return fail("paused");
      if (hasReachedStreamLimit(member)) return fail("too_many");
      const channel = getOrOpenChannel(environment);
      const stream = openStream(bufferBytes, () => {
        pages.delete(page);
        channel.leave(page);
        if (channel.pages.size === 0) channels.delete(environment.id);
      });
      const expiresAt = performance.now() + streamLifetimeMs;
      const page = { memberId: member.id, role: member.role, stream, expiresAt };
      pages.add(page);
      channel.join(page);
      disconnected.addEventListener("abort", stream.end);
      // The listener is not called when the page disconnected before it was added.
      if (disconnected.aborted) stream.end();
      return ok(stream.body);
    },
    stats: () => ({ streams: pages.size }),
    close: () => {
      isOpen = false;
      unsubscribe();
      clearInterval(checkTimer);
      clearInterval(timeEventTimer);
      endStreamsWhere(() => true);
    },
  };
}
