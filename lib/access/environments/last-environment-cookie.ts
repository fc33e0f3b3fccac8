/** Remembers which environment a person chose last. */
export const lastEnvironmentCookie = "latchkey.environment";
