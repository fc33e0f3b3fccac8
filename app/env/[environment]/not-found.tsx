import { SearchXIcon } from "lucide-react";
import type { Metadata } from "next";
import { StateCard } from "@/components/shell/state-card";

export const metadata: Metadata = { title: "Not found" };

/** Inside an environment: what the address names is not in it. What stands around stays. */
export default function NotInEnvironment() {
  return (
    <StateCard icon={<SearchXIcon aria-hidden />} title="There is nothing here">
      <p className="text-ink-2">The address is wrong, or what it named is gone from this environment.</p>
    </StateCard>
  );
}
