import type { ServerCallError } from "@/components/server-call/call-server";
import { Notice } from "@/components/ui/notice";

/** Shows the message of an error. Empty when the inputs show their own errors. */
export function ErrorNotice({ error }: { readonly error: ServerCallError | null }) {
  if (error === null || Object.keys(error.fields ?? {}).length > 0) return null;
  return (
    <Notice role="alert" tone="danger">
      {error.message}
    </Notice>
  );
}
