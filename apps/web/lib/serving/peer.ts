import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { serving } from "./state";

/** The headers under which this server tells itself who is at the other end of a connection. */
const PEER_HEADER = "x-calcom-peer";
const FORWARDED_HEADER = "x-calcom-forwarded";

/** What proxies add. A client may add them too, and is then counted with all who come from its own address. */
const FORWARDING = ["forwarded", "via", "x-real-ip", "x-forwarded-for"];

export interface Peer {
  address: string;
  /** It says that it forwards for others. */
  isForwarding: boolean;
}

/**
 * Next shows nobody the peer of a connection, and adds forwarding headers itself. Node's own channel tells of a request
 * before anything of it is read. Whatever a client has written into these headers is replaced.
 */
export function stampPeers(): void {
  if (serving.isStampingPeers) return;
  serving.isStampingPeers = true;
  subscribe("http.server.request.start", (message) => {
    const { headers, socket } = (message as { request: IncomingMessage }).request;
    const isForwarding = FORWARDING.some((name) => headers[name] !== undefined);
    headers[PEER_HEADER] = socket.remoteAddress ?? "";
    headers[FORWARDED_HEADER] = isForwarding ? "1" : "0";
  });
}

/** Null where nobody stamps, as under another server than Node's: there the headers are the client's own. */
export function readPeer(headers: Pick<Headers, "get">): Peer | null {
  if (!serving.isStampingPeers) return null;
  const address = headers.get(PEER_HEADER) ?? "";
  return address === "" ? null : { address, isForwarding: headers.get(FORWARDED_HEADER) !== "0" };
}
