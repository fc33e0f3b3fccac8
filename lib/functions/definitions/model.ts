/** What a deployed function is (contract, section 2, "deploy"): its declaration as stored and answered. */
export const functionKinds = ["sync", "action", "on-event"] as const;

export type FunctionKind = (typeof functionKinds)[number];

export const onEventNames = [
  "post-connection-creation",
  "pre-connection-deletion",
  "validate-connection",
] as const;

export type OnEventName = (typeof onEventNames)[number];

/** The declared part of a function, apart from its code; the same for every kind, absent parts null or empty. */
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

/** The code of one version: what runs, and the source it was built from. */
export type FunctionCode = { readonly js: string; readonly ts: string };

/** A function as deployed now, without its code. */
export type DeployedFunction = {
  readonly id: number;
  readonly providerConfigKey: string;
  readonly provider: string;
  readonly kind: FunctionKind;
  readonly name: string;
  /** Only of an on-event script. */
  readonly event: OnEventName | null;
  /** As in `0.0.1`. */
  readonly version: string;
  readonly definition: FunctionDefinition;
  readonly enabled: boolean;
  readonly sdkVersion: string | null;
  readonly deployedAt: Date;
};
