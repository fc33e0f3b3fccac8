/** The person behind a connection, as stored and as the API answers it (contract, section 2, "End user output"). */
export type EndUser = {
  readonly id: string;
  readonly display_name: string | null;
  readonly email: string | null;
  readonly tags: Readonly<Record<string, string>> | null;
  readonly organization: { readonly id: string; readonly display_name: string | null } | null;
};
