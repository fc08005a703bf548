import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/**
 * Networks that are no part of the internet: this machine, the office's own, the provider's (RFC 6890 and its successors).
 * Of version 6 also what carries an address of version 4 within it, but for the mapped ones, which are taken as theirs.
 */
const INSIDE = new BlockList();
const networks = `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.168.0.0/16
  198.18.0.0/15 224.0.0.0/3 ::/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/32 2002::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8`;
for (const network of networks.split(/\s+/)) {
  const [address = '', bits] = network.split('/');
  INSIDE.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** Whether an address leads to this machine or into a network that is not the internet. */
export const isInside = (address: string): boolean => INSIDE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Where a call was to go that a setting has not let in. */
export class InsideAddress extends Error {
  readonly code = 'INSIDE_ADDRESS';
}

/**
 * Finds the addresses of a host for one connection, which then goes to them and asks no second time: a name whose
 * address changes in between leads nowhere else. One address inside is enough to refuse the host.
 */
export const lookupOutside: LookupFunction = (host, options, done) =>
  lookup(host, { ...options, all: true }, (error, found) => {
    if (error) return done(error, []);
    if (found.some(({ address }) => isInside(address))) return done(new InsideAddress(host), []);
    if (options.all) return done(null, found);
    const [first] = found;
    return done(null, first?.address ?? '', first?.family);
  });
