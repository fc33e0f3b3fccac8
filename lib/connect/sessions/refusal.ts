/** Why connecting did not work, for the person on the page; `fields` by the name of the input. */
export type ConnectRefusal = {
  readonly code:
    | "unknown_session"
    | "unknown_integration"
    | "connection_gone"
    | "invalid"
    | "not_configured"
    | "denied"
    | "lost"
    | "provider_failed"
    | "unavailable"
    | "unexpected";
  readonly message: string;
  readonly fields?: Readonly<Record<string, string>>;
  /** For the log only. */
  readonly reason?: string;
};

export const unknownSession: ConnectRefusal = {
  code: "unknown_session",
  message: "This link has expired or was ended. Ask for a new one where you got it.",
};

export const unknownTarget: ConnectRefusal = {
  code: "unknown_integration",
  message: "This cannot be connected with this link.",
};

export const connectionGone: ConnectRefusal = {
  code: "connection_gone",
  message: "The connection that this link renews does not exist any more.",
};

export const denied: ConnectRefusal = {
  code: "denied",
  message: "Access was not granted. Nothing was connected.",
};

export const lost: ConnectRefusal = {
  code: "lost",
  message: "This answer belongs to no attempt of this browser, or to one that took too long. Start again.",
};

export const notConfigured: ConnectRefusal = {
  code: "not_configured",
  message: "This integration is not fully set up. Tell those who gave you the link.",
};

export const providerFailed: ConnectRefusal = {
  code: "provider_failed",
  message:
    "The provider did not complete the connection. Try again; if it stays so, tell those who gave you the link.",
};

export function invalidFields(fields: Readonly<Record<string, string>>): ConnectRefusal {
  return { code: "invalid", message: "Check what you entered.", fields };
}

const all = [unknownSession, unknownTarget, connectionGone, denied, lost, notConfigured, providerFailed];

/** The refusal of a code that came back in an address; null for any other text. */
export function refusalOfCode(code: string): ConnectRefusal | null {
  return all.find((refusal) => refusal.code === code) ?? null;
}
