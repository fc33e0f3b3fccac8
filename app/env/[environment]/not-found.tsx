import type { Metadata } from "next";
import { PageTitle } from "@/components/shell/page-title";

export const metadata: Metadata = { title: "Not found" };

/** Inside an environment: what the address names is not in it. What stands around stays. */
export default function EnvironmentNotFoundPage() {
  return (
    <PageTitle
      title="There is nothing here"
      lead="The address is wrong, or what it named is gone from this environment."
    />
  );
}
