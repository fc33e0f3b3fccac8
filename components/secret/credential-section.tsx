import type { ReactNode } from "react";
import { Section } from "@/components/shell/section";
import { HiddenCredentials } from "./hidden-credentials";

type CredentialSectionProps = {
  readonly title: string;
  readonly lead: ReactNode;
  /** Why this member cannot reveal the credentials; null if they can. */
  readonly viewOnly: string | null;
  /** The component that reveals the credentials. Rendered only for a member who can. */
  readonly children: ReactNode;
};

/** A section with credentials. A member who cannot reveal them sees dots and the reason. */
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
