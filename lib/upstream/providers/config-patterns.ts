/** Pattern of one label of a host name (RFC 1123, 2.1). */
export const hostLabelPattern = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

/** Pattern of an http or https URL. */
export const httpUrlPattern = "https?://.+";
