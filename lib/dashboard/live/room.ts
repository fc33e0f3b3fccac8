import type { Environment } from "@/lib/access/environments/model";
import { type MemberRole, memberRoles } from "@/lib/access/members/model";
import type { Signal } from "@/lib/infrastructure/signals/message";
import { formatEvent, type LiveEvent } from "./event";
import { changedIds, eventsOf, type News, noNews, noteUse } from "./news";
import type { LiveReads } from "./reads";
import type { LiveStream } from "./stream";

export type Reader = {
  readonly memberId: number;
  readonly role: MemberRole;
  readonly stream: LiveStream;
};

/** The open pages of one environment. */
export type Room = {
  readonly readers: ReadonlySet<Reader>;
  readonly join: (reader: Reader) => void;
  readonly leave: (reader: Reader) => void;
  readonly hear: (signal: Extract<Signal, { readonly kind: "key" | "use" }>) => void;
  /** Something may have been missed, or the environment changed: everyone is judged again and gets the whole list. */
  readonly startOver: () => void;
};

/** What the next round has to do. */
type Waiting = { readonly arrivals: Set<Reader>; readonly news: News };

function nothing(): Waiting {
  return { arrivals: new Set(), news: noNews() };
}

function isSomething({ arrivals, news }: Waiting): boolean {
  return arrivals.size + news.keys.size + news.uses.size > 0;
}

/**
 * One round after another: take what is waiting, read it, pass it on. A reader's list is read after it joined, and what
 * came meanwhile waits for the next round, so that nothing is missed and nothing older follows something newer. A round
 * that fails ends the streams: their readers come again.
 */
export function openRoom(
  environment: Environment,
  reads: LiveReads,
  onFailure: (error: unknown) => void,
): Room {
  const readers = new Set<Reader>();
  let current = environment;
  let waiting = nothing();
  let isAtWork = false;

  function wake(): void {
    if (isAtWork) return;
    isAtWork = true;
    // After everything that arrived in the same packet.
    setImmediate(work);
  }

  async function work(): Promise<void> {
    try {
      while (isSomething(waiting)) await round();
    } catch (error) {
      onFailure(error);
      endAll();
    } finally {
      isAtWork = false;
    }
  }

  async function round(): Promise<void> {
    const { arrivals, news } = waiting;
    const others = [...readers].filter((reader) => !arrivals.has(reader));
    waiting = nothing();
    if (arrivals.size > 0) await receive([...arrivals]);
    if (others.length > 0) await sendNews(others, news);
  }

  async function receive(arrivals: readonly Reader[]): Promise<void> {
    const found = await reads.environment(current.name);
    // Deleted, or called something else now: its readers learn what became of it when they ask again.
    if (found?.id !== current.id) return endAll();
    current = found;
    await judge(arrivals);
    await sendLists(arrivals);
  }

  /** Sends whoever has another role now, or none, to ask again: it may have changed since their request was let in. */
  async function judge(arrivals: readonly Reader[]): Promise<void> {
    const members = [...new Set(arrivals.map(({ memberId }) => memberId))];
    const roles = new Map(await Promise.all(members.map(async (id) => [id, await reads.role(id)] as const)));
    for (const { memberId, role, stream } of arrivals) if (roles.get(memberId) !== role) stream.end();
  }

  async function sendLists(arrivals: readonly Reader[]): Promise<void> {
    for (const role of memberRoles) {
      const group = arrivals.filter((reader) => reader.role === role);
      if (group.length > 0) send(group, { kind: "list", list: await reads.list(current, role) });
    }
  }

  async function sendNews(listeners: readonly Reader[], told: News): Promise<void> {
    const ids = changedIds(told);
    const read = ids.length === 0 ? [] : await reads.keys(current.id, ids);
    for (const event of eventsOf(told, read)) send(listeners, event);
  }

  function endAll(): void {
    for (const { stream } of [...readers]) stream.end();
  }

  return {
    readers,
    join: (reader) => {
      readers.add(reader);
      waiting.arrivals.add(reader);
      wake();
    },
    leave: (reader) => {
      readers.delete(reader);
      waiting.arrivals.delete(reader);
    },
    hear: (signal) => {
      if (signal.kind === "use") noteUse(waiting.news, signal);
      else waiting.news.keys.set(signal.keyId, signal.change === "deleted" ? "deleted" : "changed");
      wake();
    },
    startOver: () => {
      for (const reader of readers) waiting.arrivals.add(reader);
      wake();
    },
  };
}

/** Encoded once however many read it. */
function send(readers: readonly Reader[], event: LiveEvent): void {
  const bytes = new TextEncoder().encode(formatEvent(event));
  for (const { stream } of readers) stream.send(bytes);
}
