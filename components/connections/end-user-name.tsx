import type { EndUser } from "@/lib/upstream/connections/end-user";

/** Names the end user of a connection: the display name, else the email, else the id. */
export function EndUserName({ endUser }: { readonly endUser: EndUser }) {
  const { id, display_name, email } = endUser;
  const name = display_name || email;
  return (
    <span className="break-words">
      <bdi>{name ?? id}</bdi>
    </span>
  );
}
