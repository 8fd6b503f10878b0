import net from "node:net";

/** A port of 127.0.0.1 that was free a moment ago; whoever uses it must be ready to find it taken. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === "string") reject(new Error("a port was expected"));
        else resolve(address.port);
      });
    });
  });
}
