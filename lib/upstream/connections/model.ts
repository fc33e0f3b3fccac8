import { z } from "zod";
import { boundedRecord } from "@/lib/infrastructure/bounded-schema";
import type { EndUser } from "./end-user";

export const connectionIdSchema = z
  .string()
  .max(255)
  .regex(
    /^[A-Za-z0-9,.;:=+~[\]|@${}"'\\/_ -]+$/,
    "Contains a character that is not allowed in a connection id",
  );

/** Schema of a JSON object with any content. A request's body has at most 10,000 values in all. */
export const jsonObjectSchema = boundedRecord(z.string().max(1024), z.unknown(), 10_000);

export type JsonObject = Readonly<z.infer<typeof jsonObjectSchema>>;

/** Error of the last refresh of an access token. Stored as JSON in the connection's row under these names. */
export type RefreshError = {
  /** ISO 8601. */
  readonly at: string;
  readonly message: string;
  /** Number of consecutive failures. */
  readonly failures: number;
  /**
   * True when the provider rejected the request; false when it could not be reached or sent an unusable
   * response.
   */
  readonly isRefusal: boolean;
  /** Id of the API request that triggered the refresh, as in the server log. */
  readonly requestId: string;
};

/** A live connection without its credentials. */
export type Connection = {
  /** Row id. */
  readonly id: number;
  /** Public id. */
  readonly connectionId: string;
  /** The integration's unique key, under its name in the API. */
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

/** Filter for a list of connections. A connection must match every field that is set. */
export type ConnectionFilter = {
  readonly connectionId?: string | undefined;
  /** Text contained in the connection's id or in its end user's name or e-mail, ignoring case. */
  readonly search?: string | undefined;
  readonly endUserId?: string | undefined;
  readonly endUserOrganizationId?: string | undefined;
  readonly integrationKeys?: readonly string[] | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
};

/** `page` counts from 0. */
export type Page = { readonly limit: number; readonly page: number };
