/** Why connecting did not work, for the person on the page; `fields` by the name of the input. */
export type ConnectError = {
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

export const unknownSessionError: ConnectError = {
  code: "unknown_session",
  message: "This link has expired or was ended. Ask for a new one where you got it.",
};

export const unknownIntegrationError: ConnectError = {
  code: "unknown_integration",
  message: "This cannot be connected with this link.",
};

export const connectionGoneError: ConnectError = {
  code: "connection_gone",
  message: "The connection that this link renews does not exist any more.",
};

export const accessDeniedError: ConnectError = {
  code: "denied",
  message: "Access was not granted. Nothing was connected.",
};

export const unknownStateError: ConnectError = {
  code: "lost",
  message: "This answer belongs to no attempt of this browser, or to one that took too long. Start again.",
};

export const notConfiguredError: ConnectError = {
  code: "not_configured",
  message: "This integration is not fully set up. Tell those who gave you the link.",
};

export const providerFailedError: ConnectError = {
  code: "provider_failed",
  message:
    "The provider did not complete the connection. Try again; if it stays so, tell those who gave you the link.",
};

export function invalidFieldsError(fields: Readonly<Record<string, string>>): ConnectError {
  return { code: "invalid", message: "Check what you entered.", fields };
}

const redirectErrors = [
  unknownSessionError,
  unknownIntegrationError,
  connectionGoneError,
  accessDeniedError,
  unknownStateError,
  notConfiguredError,
  providerFailedError,
];

/** The refusal of a code that came back in an address; null for any other text. */
export function findConnectErrorByCode(code: string): ConnectError | null {
  return redirectErrors.find((refusal) => refusal.code === code) ?? null;
}
