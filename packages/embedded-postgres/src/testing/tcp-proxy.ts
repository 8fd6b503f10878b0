import net from "node:net";

/** A way to the database that a test can close: refused like a dead server, or silent like a broken network. */
export interface TcpProxy {
  connectionString: string;
  /** Ends every connection and refuses new ones. */
  cut(): void;
  /** Keeps connections open and lets nothing through. */
  hang(): void;
  /** Lets everything through that much later in each direction, in milliseconds. */
  delay(milliseconds: number): void;
  restore(): void;
  /** Leads new connections to another server, as a name does after a failover. */
  lead(target: string): void;
  close(): Promise<void>;
}

export async function createTcpProxy(target: string): Promise<TcpProxy> {
  const url = new URL(target);
  let upstreamAddress = addressIn(url);
  let delayMs = 0;
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
        if (mode !== "open") return;
        if (delayMs === 0) to.write(chunk);
        // Timers of one length go off in their order.
        else setTimeout(() => to.write(chunk), delayMs);
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
    delay(milliseconds) {
      delayMs = milliseconds;
    },
    lead(next) {
      upstreamAddress = addressIn(new URL(next));
    },
    restore() {
      mode = "open";
      delayMs = 0;
      // What was swallowed is lost: a connection that hung cannot go on where it was.
      drop();
    },
    async close() {
      drop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function addressIn({ hostname, port }: URL): { host: string; port: number } {
  return { host: hostname, port: Number(port) };
}
