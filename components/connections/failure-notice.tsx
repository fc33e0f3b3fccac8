import { ExactTime } from "@/components/shell/exact-time";
import { Notice } from "@/components/ui/notice";
import type { ConnectionView } from "@/lib/upstream/connections/view";

/** Shows why and when refreshing the access token last failed, and how to fix it. */
export function FailureNotice({ failure }: Pick<ConnectionView, "failure">) {
  if (failure === null) return null;
  const times = failure.failures === 1 ? "once" : `${failure.failures} times in a row`;
  return (
    <Notice tone="danger" className="grid gap-1">
      <p>
        The access token could not be refreshed, {times}, last <ExactTime at={failure.at} />:{" "}
        <bdi className="break-words">{failure.message}</bdi>
      </p>
      <p>If it keeps failing, the end user has to reconnect.</p>
    </Notice>
  );
}
