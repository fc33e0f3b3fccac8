import type { Metadata } from "next";
import { PageTitle } from "@/components/shell/page-title";

export const metadata: Metadata = { title: "Not found" };

/** Shown inside an environment, beside the navigation. */
export default function EnvironmentNotFoundPage() {
  return <PageTitle title="Page not found" lead="The link is wrong or the page was deleted." />;
}
