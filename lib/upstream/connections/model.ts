import { z } from "zod";
import type { EndUser } from "./end-user";

export const connectionIdSchema = z
  .string()
  .max(255)
  .regex(/^[A-Za-z0-9,.;:=+~[\]|@${}"'\\/_ -]+$/, "Holds a character that connection ids may not have");

/** A JSON object of the caller's own making. */
export const jsonObjectSchema = z.record(z.string(), z.unknown());

export type JsonObject = Readonly<z.infer<typeof jsonObjectSchema>>;

/** How the last refresh of an access token failed. */
export type RefreshError = {
  /** ISO 8601. */
  readonly at: string;
  readonly message: string;
  /** In a row. */
  readonly failures: number;
  /** The provider said no; otherwise it could not be asked. */
  readonly isRefusal: boolean;
  /** The request in whose course it happened: the server's log knows it by this. */
  readonly requestId: string;
};

/** A live connection without its credentials. */
export type Connection = {
  readonly id: number;
  readonly connectionId: string;
  readonly providerConfigKey: string;
  readonly provider: string;
  readonly endUser: EndUser | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly metadata: JsonObject | null;
  readonly connectionConfig: JsonObject;
  readonly refreshFailure: RefreshError | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly lastFetchedAt: Date | null;
};

/** Which connections a list holds: all that are given must fit. */
export type ConnectionFilter = {
  readonly connectionId?: string | undefined;
  /** Found anywhere in the connection's id, or its end user's name or e-mail, in any letter case. */
  readonly search?: string | undefined;
  readonly endUserId?: string | undefined;
  readonly endUserOrganizationId?: string | undefined;
  readonly integrationKeys?: readonly string[] | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
};

/** `page` counts from 0. */
export type Page = { readonly limit: number; readonly page: number };
