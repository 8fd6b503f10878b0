import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { ask } from "../traffic/ask";
import { startBalancer } from "./balancer";

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

async function aNode(answer: http.RequestListener): Promise<{ baseUrl: string; close(): void }> {
  const server = http.createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  open.push(close);
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

const named = (name: string): http.RequestListener => {
  return (_, response) => void response.end(name);
};

async function before(...nodes: { baseUrl: string }[]) {
  const balancer = await startBalancer(nodes.map(({ baseUrl }) => baseUrl));
  open.push(balancer.close);
  return balancer;
}

test("requests go to all nodes in turn", async () => {
  const { baseUrl } = await before(await aNode(named("a")), await aNode(named("b")));
  const texts = [];
  for (let index = 0; index < 4; index++) texts.push((await ask(baseUrl, { path: "/" })).text);
  expect(texts.sort()).toEqual(["a", "a", "b", "b"]);
});

test("a node on whose port nobody listens has got nothing, so that another one is asked", async () => {
  const gone = await aNode(named("a"));
  const balancer = await before(gone, await aNode(named("b")));
  gone.close();
  for (let index = 0; index < 3; index++)
    expect(await ask(balancer.baseUrl, { path: "/" })).toMatchObject({ status: 200, text: "b" });
  expect(balancer.cutOff).toEqual([]);
});

test("a request that a node took and did not answer is not sent again, and is told", async () => {
  const balancer = await before(await aNode((request) => void request.socket.destroy()));
  const answer = await ask(balancer.baseUrl, { path: "/x?secret=1", body: {} });
  expect(answer.status).toBe(502);
  expect(balancer.cutOff).toEqual(["POST /x: ECONNRESET"]);
});
