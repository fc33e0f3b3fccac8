import type { Environment } from "@/lib/access/environments/model";
import type { Member } from "@/lib/access/members/model";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { Signal } from "@/lib/infrastructure/signals/message";
import type { Hearing } from "@/lib/infrastructure/signals/signals";
import { formatEvent } from "./event";
import type { LiveReads } from "./reads";
import { openRoom, type Reader, type Room } from "./room";
import { openStream } from "./stream";

export type HubOptions = {
  readonly signals: Hearing;
  readonly reads: LiveReads;
  /** Hears of a read that failed; its readers' streams have ended. */
  readonly onFailure: (error: unknown) => void;
  readonly limits?: Partial<Limits>;
};

type Limits = {
  readonly perMember: number;
  readonly perProcess: number;
  readonly bufferBytes: number;
  /** Milliseconds until a stream ends, so that its reader's session is looked at again. */
  readonly lifetime: number;
  /** Milliseconds without proof that we hear everything, after which nobody is shown a stream that says nothing. */
  readonly silence: number;
  /** Milliseconds between two times told. */
  readonly pulse: number;
};

const defaults = {
  perMember: 50,
  perProcess: 2000,
  // A full list of the largest keys is about this long.
  bufferBytes: 128 * 1024,
  lifetime: 5 * 60_000,
  silence: 3000,
  pulse: 10_000,
} as const satisfies Limits;

/** `paused`: nothing could be told at the moment. `too_many`: this person, or the process, has enough streams. */
export type StreamRefusal = "paused" | "too_many";

export type Hub = {
  /**
   * A stream of events for a person whose session and role were checked just now. It starts with the whole list.
   * `left` says that they are gone, also when nobody has begun to read what was opened for them.
   */
  readonly open: (
    environment: Environment,
    member: Member,
    left: AbortSignal,
  ) => Result<ReadableStream<Uint8Array>, StreamRefusal>;
  readonly stats: () => { readonly streams: number };
  /** Ends every stream and opens no more. */
  readonly close: () => void;
};

type Seat = { readonly reader: Reader; readonly room: Room; readonly until: number };

/** Passes what Postgres tells this process on to the open pages, each environment's to its own. */
export function openHub({ signals, reads, onFailure, limits }: HubOptions): Hub {
  const { perMember, perProcess, bufferBytes, lifetime, silence, pulse } = { ...defaults, ...limits };
  const rooms = new Map<number, Room>();
  const seats = new Set<Seat>();
  let isOpen = true;
  let currentAt = Number.NEGATIVE_INFINITY;

  const stopListening = signals.listen({ onSignal: hear, onSubscribed: startOver });
  const looking = setInterval(look, Math.min(1000, lifetime, silence)).unref();
  const pulsing = setInterval(tellTime, pulse).unref();

  function hear(signal: Signal): void {
    switch (signal.kind) {
      case "key":
      case "use":
        rooms.get(signal.environmentId)?.hear(signal);
        break;
      case "environment":
        rooms.get(signal.environmentId)?.startOver();
        break;
      case "keys_gone":
        startOver();
        break;
      case "member":
        endWhere(({ reader }) => reader.memberId === signal.memberId);
    }
  }

  function startOver(): void {
    for (const room of rooms.values()) room.startOver();
  }

  function isHearing(): boolean {
    if (signals.isCurrent()) currentAt = performance.now();
    return performance.now() - currentAt < silence;
  }

  function look(): void {
    const now = performance.now();
    const isDeaf = !isHearing();
    endWhere(({ until }) => isDeaf || until <= now);
  }

  function tellTime(): void {
    const event = formatEvent({ kind: "time", serverTime: new Date().toISOString() });
    const bytes = new TextEncoder().encode(event);
    for (const { reader } of [...seats]) reader.stream.send(bytes);
  }

  function endWhere(isOver: (seat: Seat) => boolean): void {
    for (const seat of [...seats]) if (isOver(seat)) seat.reader.stream.end();
  }

  function isFull(member: Member): boolean {
    if (seats.size >= perProcess) return true;
    return [...seats].filter(({ reader }) => reader.memberId === member.id).length >= perMember;
  }

  function roomOf(environment: Environment): Room {
    const room = rooms.get(environment.id) ?? openRoom(environment, reads, onFailure);
    rooms.set(environment.id, room);
    return room;
  }

  return {
    open: (environment, member, left) => {
      if (!isOpen || !isHearing()) return fail("paused");
      if (isFull(member)) return fail("too_many");
      const room = roomOf(environment);
      const stream = openStream(bufferBytes, () => {
        seats.delete(seat);
        room.leave(seat.reader);
        if (room.readers.size === 0) rooms.delete(environment.id);
      });
      const reader = { memberId: member.id, role: member.role, stream };
      const seat = { reader, room, until: performance.now() + lifetime };
      seats.add(seat);
      room.join(reader);
      left.addEventListener("abort", stream.end);
      if (left.aborted) stream.end();
      return ok(stream.body);
    },
    stats: () => ({ streams: seats.size }),
    close: () => {
      isOpen = false;
      stopListening();
      clearInterval(looking);
      clearInterval(pulsing);
      endWhere(() => true);
    },
  };
}
