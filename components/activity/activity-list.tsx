import { ExactTime } from "@/components/shell/exact-time";
import type { AuditEvent } from "@/lib/access/audit/model";
import { ActionIcon } from "./action-icon";
import { browserName } from "./browser-name";
import { describeDetail, describeEvent } from "./describe-event";

export function ActivityList({ events }: { readonly events: readonly AuditEvent[] }) {
  return (
    <ol className="overflow-hidden rounded-card border bg-panel shadow-soft">
      {events.map((event) => (
        <li key={event.id} className="flex gap-3 border-t px-4 py-3 first:border-t-0">
          <ActionIcon action={event.action} />
          <div className="grid min-w-0 flex-1 gap-x-6 gap-y-0.5 sm:grid-cols-[minmax(0,1fr)_auto]">
            <EventText event={event} />
            <span className="text-ink-2 text-sm sm:text-right">
              <ExactTime at={event.at} />
            </span>
            <EventClient event={event} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function EventText({ event }: { readonly event: AuditEvent }) {
  const { actor, verb, subject, rest, object } = describeEvent(event);
  return (
    <p className="break-words text-ink-2">
      <Name text={actor} /> {verb} <Name text={subject} /> {rest} <Name text={object} />
    </p>
  );
}

/**
 * A name in the sentence. Isolated with `<bdi>`, so that a right-to-left name does not reorder the sentence.
 */
function Name({ text }: { readonly text: string | undefined }) {
  return text === undefined ? null : <bdi className="font-medium text-ink">{text}</bdi>;
}

function EventClient({ event }: { readonly event: AuditEvent }) {
  const client = event.userAgent === null ? null : browserName(event.userAgent);
  const details = [describeDetail(event), event.address, client].filter((detail) => detail !== null);
  if (details.length === 0) return null;
  return <p className="break-words text-ink-3 text-sm sm:col-span-2">{details.join(" · ")}</p>;
}
