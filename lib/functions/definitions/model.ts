/** Kinds of deployed functions (docs/environment-api.md, "15. deploy"). */
export const functionKinds = ["sync", "action", "on-event"] as const;

export type FunctionKind = (typeof functionKinds)[number];

export const onEventNames = [
  "post-connection-creation",
  "pre-connection-deletion",
  "validate-connection",
] as const;

export type OnEventName = (typeof onEventNames)[number];

/**
 * Declaration of a function without its code. All kinds have the same fields; absent ones are null or empty.
 */
export type FunctionDefinition = {
  readonly models: readonly string[];
  readonly runs: string | null;
  readonly trackDeletes: boolean;
  readonly autoStart: boolean;
  readonly input: string | null;
  readonly syncType: "incremental" | "full" | null;
  readonly endpoints: readonly {
    readonly method: string;
    readonly path: string;
    readonly group: string | null;
  }[];
  readonly description: string | null;
  readonly scopes: readonly string[];
  readonly webhookSubscriptions: readonly string[];
  readonly jsonSchema: Readonly<Record<string, unknown>> | null;
  readonly features: readonly string[];
};

/** Code of one version: the JavaScript that runs, and its TypeScript source. */
export type FunctionCode = { readonly js: string; readonly ts: string };

/** A function in its current version, without its code. */
export type DeployedFunction = {
  readonly id: number;
  readonly providerConfigKey: string;
  readonly provider: string;
  readonly kind: FunctionKind;
  readonly name: string;
  /** Null except for on-event scripts. */
  readonly event: OnEventName | null;
  /** Current version, such as `0.0.1`. */
  readonly version: string;
  readonly definition: FunctionDefinition;
  readonly enabled: boolean;
  readonly sdkVersion: string | null;
  readonly deployedAt: Date;
};
