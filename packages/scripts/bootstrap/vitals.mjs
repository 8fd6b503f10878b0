// @ts-check
// Preloaded into web servers that `npm run chaos` watches. On a port of this machine it tells what the process holds,
// and it can set its clock wrong.
import net from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { isMainThread } from "node:worker_threads";

const { VITALS_PORT, CLOCK_OFF_BY_MS } = process.env;
if (isMainThread && VITALS_PORT) listen(Number(VITALS_PORT));
if (CLOCK_OFF_BY_MS) setClockWrong(Number(CLOCK_OFF_BY_MS));

/** @param {number} port */
function listen(port) {
  setFlagsFromString("--expose-gc");
  /** @type {() => void} */
  const collectGarbage = runInNewContext("gc");
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  // Not by HTTP: the server counts each request that its process answers.
  const server = net.createServer((socket) => {
    socket.on("error", () => {});
    for (let round = 0; round < 2; round++) collectGarbage();
    const { heapUsed, external, rss } = process.memoryUsage();
    const delayMs = { p50: delay.percentile(50) / 1e6, p99: delay.percentile(99) / 1e6 };
    delay.reset();
    socket.end(JSON.stringify({ heapBytes: heapUsed + external, rssBytes: rss, delayMs }));
  });
  server.on("error", () => {}); // a process that this one has started
  server.listen(port, "127.0.0.1");
  server.unref();
}

/** @param {number} offMs */
function setClockWrong(offMs) {
  const Right = Date;
  const now = () => Right.now() + offMs;
  globalThis.Date = new Proxy(Right, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new Right(now()).toString(),
    get: (target, key) => (key === "now" ? now : Reflect.get(target, key)),
  });
}
