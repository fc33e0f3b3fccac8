import type { EndUser } from "@/lib/upstream/connections/end-user";

/** All details of the end user of a connection. */
export function EndUserDetails({ endUser }: { readonly endUser: EndUser | null }) {
  if (endUser === null) return <span className="text-ink-3">None</span>;
  const { id, display_name, email, organization } = endUser;
  const lines = [
    display_name,
    email,
    `ID ${id}`,
    organization && (organization.display_name ?? organization.id),
  ];
  return (
    <ul className="grid">
      {lines
        .filter((line) => line !== null && line !== "")
        .map((line) => (
          <li key={line} className="break-words">
            <bdi>{line}</bdi>
          </li>
        ))}
    </ul>
  );
}
