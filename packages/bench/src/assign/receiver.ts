import http from "node:http";
import type { AddressInfo } from "node:net";

/** Takes whatever is sent to it, and answers after so long. */
export async function startReceiver(latencyMs: number): Promise<{ url: string; stop(): Promise<void> }> {
  const server = http.createServer((request, response) => {
    request.resume().on("end", () => setTimeout(() => response.end('{"status":1}'), latencyMs));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
