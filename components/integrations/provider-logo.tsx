import Image from "next/image";
import { cn } from "@/components/ui/cn";

/** A provider's logo. Decoration: the name is beside it. `src` is a data URL from the provider catalog. */
export function ProviderLogo({ src, className }: { readonly src: string; readonly className?: string }) {
  return (
    <Image
      src={src}
      alt=""
      width={40}
      height={40}
      unoptimized
      className={cn("size-8 shrink-0 rounded-[7px]", className)}
    />
  );
}
