import net from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { atMost, within } from "./within";

let server: net.Server;
let port: number;
beforeAll(async () => {
  server = net.createServer((socket) => socket.end("there"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as net.AddressInfo).port;
});
afterAll(() => server.close());

const late = () => new Error("late");
const never = new Promise<never>(() => {});

function keepBusy(milliseconds: number): void {
  const since = performance.now();
  while (performance.now() - since < milliseconds);
}

test("what comes in time is answered, what fails in time fails, and what does not come is late", async () => {
  expect(await within(5_000, Promise.resolve("there"), late)).toBe("there");
  await expect(within(5_000, Promise.reject(new RangeError("gone")), late)).rejects.toThrow("gone");
  await expect(within(5, never, late)).rejects.toThrow("late");
  await atMost(5, never);
});

test("what has arrived while this process was kept from running is not late", async () => {
  const socket = net.connect({ port, host: "127.0.0.1" });
  await new Promise((resolve) => socket.once("connect", resolve));
  const text = new Promise((resolve) => socket.once("data", (chunk) => resolve(String(chunk))));
  const answer = within(20, text, late);
  keepBusy(100);
  expect(await answer).toBe("there");
  socket.destroy();
});
