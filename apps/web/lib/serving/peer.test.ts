import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { clientOf } from "../client-address";
import { stampPeers } from "./peer";
import { serving } from "./state";

const servers: http.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** What the application makes of a request that a real server has taken. */
async function clientSeenBy(sent: Record<string, string>, localAddress = "127.0.0.1") {
  stampPeers();
  const server = http.createServer((request, response) => {
    // As Next does, which leaves out nothing that was sent.
    request.headers["x-forwarded-for"] ??= request.socket.remoteAddress;
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) headers.set(name, `${value}`);
    response.end(JSON.stringify(clientOf(headers, { kind: "none" })));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
  const { port } = server.address() as AddressInfo;
  return new Promise<unknown>((resolve, reject) => {
    http
      .get({ port, host: "127.0.0.1", localAddress, headers: sent, agent: false }, async (response) => {
        const parts: Buffer[] = [];
        for await (const part of response) parts.push(part);
        resolve(JSON.parse(Buffer.concat(parts).toString()));
      })
      .on("error", reject);
  });
}

test("without a proxy each peer is a client of its own, whatever it says about itself", async () => {
  expect(await clientSeenBy({})).toEqual({ address: "127.0.0.1", isShared: true });
  expect(await clientSeenBy({}, "127.0.0.2")).toEqual({ address: "127.0.0.2", isShared: true });
  const lies = {
    "x-calcom-peer": "203.0.113.7",
    "x-calcom-forwarded": "0",
    "x-forwarded-for": "203.0.113.8",
  };
  expect(await clientSeenBy(lies, "127.0.0.3")).toEqual({ address: "127.0.0.3", isShared: true });
});

function of(address: string, isForwarding = false) {
  stampPeers();
  const headers = { "x-calcom-peer": address, "x-calcom-forwarded": isForwarding ? "1" : "0" };
  return clientOf(new Headers(headers), { kind: "none" });
}

test.each(["203.0.113.7", "2001:db8::7", "::ffff:203.0.113.7"])(
  "a peer of the internet that forwards nothing (%s) is one client",
  (address) => {
    expect(of(address).isShared).toBe(false);
    expect(of(address, true).isShared).toBe(true);
  },
);

test.each([
  "10.1.2.3",
  "172.17.0.1",
  "192.168.1.1",
  "100.64.0.1",
  "127.0.0.1",
  "169.254.1.1",
  "::1",
  "fd00::1",
  "fe80::1",
  "::ffff:10.0.0.1",
])("behind %s may be many", (address) => {
  expect(of(address).isShared).toBe(true);
});

test("where nobody stamps, the headers are the client's own and count for nothing", () => {
  serving.isStampingPeers = false;
  const headers = new Headers({ "x-calcom-peer": "203.0.113.7", "x-calcom-forwarded": "0" });
  expect(clientOf(headers, { kind: "none" })).toEqual({ address: null, isShared: true });
});
