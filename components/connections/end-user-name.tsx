import type { EndUser } from "@/lib/upstream/connections/end-user";

/** Who stands behind a connection: a name, else an e-mail, else the id alone. */
export function EndUserName({ endUser }: { readonly endUser: EndUser }) {
  const { id, display_name, email } = endUser;
  const name = display_name || email;
  return (
    <span className="break-words">
      <bdi>{name ?? id}</bdi>
    </span>
  );
}
