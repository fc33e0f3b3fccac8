import { z } from "zod";
import { boundedRecord } from "@/lib/infrastructure/bounded-schema";

const credentials = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("OAUTH2") }),
  z.strictObject({
    type: z.literal("API_KEY"),
    apiKey: z.string().trim().min(1, "Enter the API key").max(1024, "At most 1024 characters"),
  }),
  z.strictObject({
    type: z.literal("BASIC"),
    username: z.string().trim().min(1, "Enter the user name").max(1024, "At most 1024 characters"),
    password: z.string().max(1024, "At most 1024 characters"),
  }),
]);

/** Schema of the connect form: session token, integration key, entered config fields and credentials. */
export const connectInputSchema = z.strictObject({
  token: z.string().max(255),
  integration: z.string().max(255),
  config: boundedRecord(z.string().max(255), z.string().max(255), 100),
  credentials,
});

export type ConnectInput = z.input<typeof connectInputSchema>;
