/** Name of the cookie that holds the name of the environment that the member chose last. */
export const lastEnvironmentCookie = "latchkey.environment";
