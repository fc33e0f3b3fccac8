/** Error on the connect page. `message` is shown to the end user. */
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
  /** Error messages for the form, by input name. */
  readonly fields?: Readonly<Record<string, string>>;
  /** The cause, for the log only. */
  readonly reason?: string;
};

export const unknownSessionError: ConnectError = {
  code: "unknown_session",
  message: "This link has expired or is no longer valid. Ask its sender for a new one.",
};

export const unknownIntegrationError: ConnectError = {
  code: "unknown_integration",
  message: "This integration is not available with this link.",
};

export const connectionGoneError: ConnectError = {
  code: "connection_gone",
  message: "The connection that this link renews no longer exists.",
};

export const accessDeniedError: ConnectError = {
  code: "denied",
  message: "Access was not granted. Nothing was connected.",
};

export const unknownStateError: ConnectError = {
  code: "lost",
  message: "This authorization was not started in this browser, or it took too long. Start again.",
};

export const notConfiguredError: ConnectError = {
  code: "not_configured",
  message: "This integration is not fully set up. Contact the sender of this link.",
};

export const providerFailedError: ConnectError = {
  code: "provider_failed",
  message: "The provider did not complete the connection. Try again, or contact the sender of this link.",
};

/** Creates the error for invalid form fields, from error messages by input name. */
export function invalidFieldsError(fields: Readonly<Record<string, string>>): ConnectError {
  return { code: "invalid", message: "Check what you entered.", fields };
}

/** The errors whose code is put in the URL of the connect page. */
const redirectErrors = [
  unknownSessionError,
  unknownIntegrationError,
  connectionGoneError,
  accessDeniedError,
  unknownStateError,
  notConfiguredError,
  providerFailedError,
];

/** Finds the error with the code that a redirect put in the URL; null for any other text. */
export function findConnectErrorByCode(code: string): ConnectError | null {
  return redirectErrors.find((error) => error.code === code) ?? null;
}
