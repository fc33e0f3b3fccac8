import type { ReactNode } from "react";
import { Section } from "@/components/shell/section";
import { HiddenCredentials } from "./hidden-credentials";

type CredentialSectionProps = {
  readonly title: string;
  readonly lead: ReactNode;
  /** Why this person may not see them; null when they may. */
  readonly viewOnly: string | null;
  /** The way to show them. */
  readonly children: ReactNode;
};

/** The part of a page that is about credentials: dots and a reason for those who may not see them. */
export function CredentialSection({ title, lead, viewOnly, children }: CredentialSectionProps) {
  return (
    <Section title={title} lead={lead}>
      {viewOnly === null ? (
        children
      ) : (
        <div className="grid gap-2">
          <HiddenCredentials />
          <p className="text-ink-2">{viewOnly}</p>
        </div>
      )}
    </Section>
  );
}
