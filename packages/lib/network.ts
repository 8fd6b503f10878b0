/** An IPv6 subscriber has 2⁶⁴ addresses, so what is counted by address is counted by the prefix that they share. */
export function findNetwork(address: string): string {
  if (!address.includes(":")) return address;
  const [left = [], right = []] = address.split("::").map((half) => half.split(":").filter(Boolean));
  const zeros = Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  return [...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}

/** Who asks, as far as limits can tell people apart. */
export interface Client {
  /** Null where nothing is known of it. */
  address: string | null;
  /** Many people may come from it, as through a proxy that nobody has told us to trust. */
  isShared: boolean;
}

/** Somebody of whom nothing is known. */
export const UNKNOWN_CLIENT: Client = { address: null, isShared: true };
