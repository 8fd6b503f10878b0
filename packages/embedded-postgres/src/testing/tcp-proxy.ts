import net from "node:net";

/** A way to the database that a test can close: refused like a dead server, or silent like a broken network. */
export interface TcpProxy {
  connectionString: string;
  /** Ends every connection and refuses new ones. */
  cut(): void;
  /** Keeps connections open and lets nothing through. */
  hang(): void;
  restore(): void;
  close(): Promise<void>;
}

export async function createTcpProxy(target: string): Promise<TcpProxy> {
  const url = new URL(target);
  const upstreamAddress = { host: url.hostname, port: Number(url.port) };
  let mode: "open" | "cut" | "hung" = "open";
  const pairs = new Set<[net.Socket, net.Socket]>();
  const server = net.createServer((client) => {
    if (mode === "cut") {
      client.destroy();
      return;
    }
    const upstream = net.connect(upstreamAddress);
    const pair: [net.Socket, net.Socket] = [client, upstream];
    pairs.add(pair);
    for (const [from, to] of [pair, [upstream, client] as const]) {
      from.on("data", (chunk: Buffer) => {
        if (mode === "open") to.write(chunk);
      });
      from.on("error", () => {});
      from.on("close", () => {
        pairs.delete(pair);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as net.AddressInfo).port);
  const drop = () => {
    for (const [client, upstream] of pairs) {
      client.destroy();
      upstream.destroy();
    }
  };
  return {
    connectionString: url.href,
    cut() {
      mode = "cut";
      drop();
    },
    hang() {
      mode = "hung";
    },
    restore() {
      mode = "open";
      // What was swallowed is lost: a connection that hung cannot go on where it was.
      drop();
    },
    async close() {
      drop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
