import { Notice } from "@/components/ui/notice";
import type { Refusal } from "./use-action";

/** The refusal's sentence, unless it stands beside an input already. */
export function RefusalNotice({ refusal }: { readonly refusal: Refusal | null }) {
  if (refusal === null || Object.keys(refusal.fields ?? {}).length > 0) return null;
  return (
    <Notice role="alert" tone="danger">
      {refusal.message}
    </Notice>
  );
}
