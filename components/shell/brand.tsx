import { KeyIcon } from "lucide-react";

export function Brand() {
  return (
    <span className="inline-flex items-center gap-2.5 font-semibold text-[0.9375rem] tracking-tight">
      <KeyIcon className="size-5 text-accent" aria-hidden />
      Latchkey
    </span>
  );
}
