import { Notice } from "@/components/ui/notice";
import type { FormError } from "./use-server-action";

/** The refusal's sentence, unless it stands beside an input already. */
export function ErrorNotice({ refusal: error }: { readonly refusal: FormError | null }) {
  if (error === null || Object.keys(error.fields ?? {}).length > 0) return null;
  return (
    <Notice role="alert" tone="danger">
      {error.message}
    </Notice>
  );
}
