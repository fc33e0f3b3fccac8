/** Name of the cookie with the environment that the member chose last. */
export const lastEnvironmentCookie = "latchkey.environment";
