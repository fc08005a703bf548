import { BlockList, isIP } from 'node:net';
import { SecondFactorRefusal } from './second-factor.rules.js';

const NETWORK = /^([0-9a-f:.]+)\/(\d{1,3})$/i;

/** B3: why a network is not taken, or null. */
export function refuseNetwork(typed: string): SecondFactorRefusal | null {
  const [, address = '', prefix = ''] = NETWORK.exec(typed) ?? [];
  const family = isIP(address);
  if (family === 0 || Number(prefix) > (family === 4 ? 32 : 128)) return SecondFactorRefusal.NOT_A_NETWORK;
  return Number(prefix) < (family === 4 ? 16 : 32) ? SecondFactorRefusal.NETWORK_TOO_WIDE : null;
}

/** B3: whether an address lies in one of the networks; an IPv4 address may come mapped into IPv6. */
export function isInNetworks(address: string, networks: readonly string[]): boolean {
  const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  const family = isIP(plain);
  if (family === 0 || networks.length === 0) return false;
  const list = new BlockList();
  for (const network of networks) {
    const [base = '', prefix = ''] = network.split('/');
    list.addSubnet(base, Number(prefix), isIP(base) === 4 ? 'ipv4' : 'ipv6');
  }
  return list.check(plain, family === 4 ? 'ipv4' : 'ipv6');
}
