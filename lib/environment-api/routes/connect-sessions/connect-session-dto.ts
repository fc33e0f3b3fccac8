import { z } from "zod";
import type { ConnectSession } from "@/lib/connect/sessions/model";
import { endUserDtoSchema } from "@/lib/environment-api/routes/connections/connection-dto";

const themeDtoSchema = z.strictObject({ primary: z.string() });

const defaultsDtoSchema = z.strictObject({
  user_scopes: z.string().optional(),
  authorization_params: z.record(z.string(), z.string()).optional(),
  connection_config: z.record(z.string(), z.unknown()).optional(),
});

/**
 * A connect session, in the response to a request with its token (docs/environment-api.md, "11.
 * connect_sessions:write").
 */
export const connectSessionDtoSchema = z.strictObject({
  endUser: endUserDtoSchema.nullable(),
  connectUISettings: z.strictObject({
    showWatermark: z.boolean(),
    defaultTheme: z.enum(["light", "dark", "system"]),
    theme: z.strictObject({ light: themeDtoSchema, dark: themeDtoSchema }),
  }),
  /** Absent when every integration is allowed. */
  allowed_integrations: z.array(z.string()).optional(),
  integrations_config_defaults: z.record(z.string(), defaultsDtoSchema).optional(),
  isReconnecting: z.boolean().optional(),
  overrides: z.record(z.string(), z.strictObject({ docs_connect: z.string().optional() })).optional(),
});

/**
 * The appearance of this server's connect page. The colors are the accent color of app/globals.css in sRGB.
 */
const connectUISettings = {
  showWatermark: false,
  defaultTheme: "system",
  theme: { light: { primary: "#3356a9" }, dark: { primary: "#7f9ff8" } },
} as const;

export function toConnectSessionDto(session: ConnectSession): z.input<typeof connectSessionDtoSchema> {
  const { endUser, allowedIntegrations, integrationsConfigDefaults, overrides, reconnectConnectionRowId } =
    session;
  return {
    endUser,
    connectUISettings,
    ...(allowedIntegrations !== null && { allowed_integrations: [...allowedIntegrations] }),
    ...(integrationsConfigDefaults !== null && { integrations_config_defaults: integrationsConfigDefaults }),
    ...(reconnectConnectionRowId !== null && { isReconnecting: true }),
    ...(overrides !== null && { overrides }),
  };
}
