import { type LookupAddress, lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { promisify } from "node:util";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { isPublicAddress } from "./is-public-address";

/** All addresses of a host's name; rejects with the system's error when it has none. */
export type ResolveHost = (hostname: string) => Promise<readonly LookupAddress[]>;

/** How this process reaches other machines when somebody outside names them. */
export type OutboundPolicy = {
  readonly resolve: ResolveHost;
  /** Asked for every address before a connection to it is made. */
  readonly isAddressAllowed: (address: string) => boolean;
};

const lookupAll = promisify(lookup);

/**
 * By the system's resolver, to the public internet; with `allowPrivate` also to private, loopback and link-local
 * addresses, for development and closed networks.
 */
export function createOutboundPolicy(allowPrivate: boolean): OutboundPolicy {
  return {
    resolve: (hostname) => lookupAll(hostname, { all: true, verbatim: true }),
    isAddressAllowed: allowPrivate ? () => true : isPublicAddress,
  };
}

/** The host is, or its name leads to, an address that may not be reached. */
export class PrivateAddressError extends Error {
  readonly code = "ERR_PRIVATE_ADDRESS";

  constructor(readonly hostname: string) {
    super(`${hostname} has an address that is not of the public internet`);
    this.name = "PrivateAddressError";
  }
}

/**
 * Resolves the host of a URL (IPv6 in brackets or not) and checks every address it has: one private address refuses
 * them all. Connect to the answer with `pinnedTo`; asking the resolver again would let it answer something else.
 */
export async function resolveAllowedAddresses(
  { resolve, isAddressAllowed }: OutboundPolicy,
  hostname: string,
): Promise<Result<readonly LookupAddress[], Error>> {
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const version = isIP(host);
  try {
    const addresses = version === 0 ? await resolve(host) : [{ address: host, family: version }];
    const reachable = addresses.every(({ address }) => isAddressAllowed(address));
    return reachable && addresses.length > 0 ? ok(addresses) : fail(new PrivateAddressError(hostname));
  } catch (error) {
    if (error instanceof Error) return fail(error);
    throw error;
  }
}

/** The `lookup` of a connection that may go to these addresses and to no other. */
export function createPinnedLookup(addresses: readonly LookupAddress[]): LookupFunction {
  return (_, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else if (first !== undefined) callback(null, first.address, first.family);
    else callback(new Error("No address to connect to"), "", 0);
  };
}
