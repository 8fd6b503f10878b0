import { BlockList, isIP } from "node:net";
import type { TrustedProxies } from "@calcom/lib/env";
import type { Client } from "@calcom/lib/network";
import { readPeer } from "./serving/peer";

/**
 * The client of a request. With trusted proxies it is the address that they report. Without them it is the other end of
 * the connection. `isShared` says that many people may stand behind that address: it is private, or it forwards requests
 * of others, as a proxy or a container's bridge does. Limits must not lock one of them out for what another does.
 */
export function clientOf(headers: Pick<Headers, "get">, proxies: TrustedProxies): Client {
  const named = clientAddress(headers, proxies);
  if (named !== null) return { address: named, isShared: false };
  const peer = proxies.kind === "none" ? readPeer(headers) : null;
  const address = peer && toAddress(peer.address);
  if (peer === null || address === null) return { address: null, isShared: true };
  return { address, isShared: peer.isForwarding || internal.check(address, family(address)) };
}

/**
 * The address that a request came from, as the trusted proxies report it; null if none is trusted, or none has named
 * one. The server must be reachable through those proxies only: anybody who reaches it directly could write the header
 * too.
 */
export function clientAddress(headers: Pick<Headers, "get">, proxies: TrustedProxies): string | null {
  if (proxies.kind === "none") return null;
  // Each proxy appends the address that it saw, so the last entry is the nearest.
  const hops = (headers.get("x-forwarded-for") ?? "").split(",").map(toAddress);
  if (proxies.kind === "hops") return hops.at(-proxies.count) ?? null;

  const trusted = blockListOf(proxies.addresses);
  for (const hop of hops.reverse()) {
    if (hop === null) return null;
    if (!trusted.check(hop, family(hop))) return hop;
  }
  return null;
}

/** Reads `203.0.113.7`, `203.0.113.7:4711`, `[2001:db8::1]:4711` and `::ffff:203.0.113.7` as one plain address. */
function toAddress(entry: string): string | null {
  const text = entry.trim().toLowerCase();
  const bare = text.startsWith("[") ? text.slice(1, text.indexOf("]")) : text.replace(/^([\d.]+):\d+$/, "$1");
  const address = bare.replace(/^::ffff:(?=[\d.]+$)/, "");
  return isIP(address) === 0 ? null : address;
}

const internal = blockListOf([
  ...["10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"],
  ...["::1", "fc00::/7", "fe80::/10"],
]);

/** Takes addresses and, after a slash, networks. */
function blockListOf(entries: string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = "", prefix] = entry.split("/");
    if (isIP(address) === 0) continue;
    if (prefix === undefined) list.addAddress(address, family(address));
    else list.addSubnet(address, Number(prefix), family(address));
  }
  return list;
}

function family(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}
