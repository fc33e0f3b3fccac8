import type { ReactNode } from "react";
import { Section } from "@/components/shell/section";
import { HiddenCredentials } from "./hidden-credentials";

type CredentialSectionProps = {
  readonly title: string;
  readonly lead: ReactNode;
  /** Why this member cannot reveal them; null when they can. */
  readonly viewOnly: string | null;
  /** Reveals the credentials. */
  readonly children: ReactNode;
};

/** A section with credentials; for members who cannot reveal them, dots and the reason. */
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
