import { type LookupAddress, lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { promisify } from "node:util";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { isPublicAddress } from "./is-public-address";

/** Resolves a host name to all its addresses. Rejects with the system's error when it has none. */
export type ResolveHost = (hostname: string) => Promise<readonly LookupAddress[]>;

/**
 * Decides which hosts this process may connect to when a caller, a member or an end user supplies the host.
 */
export type OutboundPolicy = {
  readonly resolve: ResolveHost;
  /** Called for every address before connecting to it. */
  readonly isAddressAllowed: (address: string) => boolean;
};

const lookupAll = promisify(lookup);

/**
 * Creates the policy that uses the system's resolver and allows the public internet. `allowPrivate` also
 * allows private, loopback and link-local addresses, for development and closed networks.
 */
export function createOutboundPolicy(allowPrivate: boolean): OutboundPolicy {
  return {
    resolve: (hostname) => lookupAll(hostname, { all: true, verbatim: true }),
    isAddressAllowed: allowPrivate ? () => true : isPublicAddress,
  };
}

/** The error for a host that is, or resolves to, an address that the policy does not allow. */
export class PrivateAddressError extends Error {
  readonly code = "ERR_PRIVATE_ADDRESS";

  constructor(readonly hostname: string) {
    super(`${hostname} has an address outside the public internet`);
    this.name = "PrivateAddressError";
  }
}

/**
 * Resolves the host of a URL (IPv6 with or without brackets) and checks every address. If a single one is not
 * allowed, the host is not. Connect to the result with `createPinnedLookup`, because a second resolution may
 * return other addresses.
 */
export async function resolveAllowedAddresses(
  { resolve, isAddressAllowed }: OutboundPolicy,
  hostname: string,
): Promise<Result<readonly LookupAddress[], Error>> {
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const version = isIP(host);
  try {
    const addresses = version === 0 ? await resolve(host) : [{ address: host, family: version }];
    const areAllowed = addresses.every(({ address }) => isAddressAllowed(address));
    return areAllowed && addresses.length > 0 ? ok(addresses) : fail(new PrivateAddressError(hostname));
  } catch (error) {
    if (error instanceof Error) return fail(error);
    throw error;
  }
}

/** Creates a `lookup` option for `node:net` that resolves every name to these addresses. */
export function createPinnedLookup(addresses: readonly LookupAddress[]): LookupFunction {
  return (_, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else if (first !== undefined) callback(null, first.address, first.family);
    else callback(new Error("No address to connect to"), "", 0);
  };
}
