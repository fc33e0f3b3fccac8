import { BlockList, isIP } from "node:net";

/** IANA's registry of special-purpose IPv4 addresses (RFC 6890 and later registrations), and multicast. */
const nonPublicIpv4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const;

/**
 * Global unicast addresses. All others are not public, so mapped (::ffff:0:0/96), NAT64, unique local,
 * link-local and loopback addresses need no rule of their own.
 */
const publicIpv6 = [["2000::", 3]] as const;

/**
 * Exceptions in `publicIpv6`: protocol assignments (with Teredo), documentation, and 6to4, which embeds any
 * IPv4 address.
 */
const nonPublicIpv6 = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const;

function createAddressList(
  family: "ipv4" | "ipv6",
  ranges: readonly (readonly [string, number])[],
): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of ranges) list.addSubnet(network, prefix, family);
  return list;
}

const blockedIpv4 = createAddressList("ipv4", nonPublicIpv4);
const allowedIpv6 = createAddressList("ipv6", publicIpv6);
const blockedIpv6 = createAddressList("ipv6", nonPublicIpv6);

/**
 * True if `address` is an IP address of the public internet. False for other text, and for a zone (`%eth0`).
 */
export function isPublicAddress(address: string): boolean {
  if (address.includes("%")) return false;
  const version = isIP(address);
  if (version === 4) return !blockedIpv4.check(address, "ipv4");
  return version === 6 && allowedIpv6.check(address, "ipv6") && !blockedIpv6.check(address, "ipv6");
}
