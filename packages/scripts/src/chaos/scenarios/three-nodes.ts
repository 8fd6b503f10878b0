import { setTimeout as sleep } from "node:timers/promises";
import { holds, inTime, none, shown } from "../judging/findings";
import type { Scenario } from "../scenario";
import { startBalancer } from "../site/balancer";
import type { Site } from "../site/site";
import { failuresOf } from "../traffic/ledger";
import { underFire } from "./under-fire";

async function startBehindBalancer(site: Site, count: number) {
  const [first, ...others] = await Promise.all([
    site.start(),
    ...Array.from({ length: count - 1 }, () => site.start()),
  ]);
  const balancer = await startBalancer([first, ...others].map(({ baseUrl }) => baseUrl));
  site.defer(balancer.close);
  return { first, balancer };
}

export const nodeLeaves: Scenario = {
  name: "node-leaves",
  fault: "One of three nodes behind a proxy gets SIGTERM while its connections are busy",
  promise: "no request is reset or fails, and the node ends by itself within ten seconds",
  isQuick: true,
  async run(site, pace) {
    const { first: leaving, balancer } = await startBehindBalancer(site, pace.isQuick ? 2 : 3);
    let leftAfter = Number.POSITIVE_INFINITY;
    let code: number | null = null;
    const { ledger, findings } = await underFire(site, pace, {
      baseUrl: balancer.baseUrl,
      perSecond: 25,
      async fault(goOn) {
        const since = performance.now();
        process.kill(leaving.pid, "SIGTERM");
        code = await Promise.race([leaving.exited, sleep(20_000, null)]);
        leftAfter = performance.now() - since;
        await goOn(1);
        if (!pace.isQuick) await site.start({ port: leaving.port });
      },
    });
    return [
      ...findings,
      none("requests that the node cut off", balancer.cutOff),
      none("failed requests", failuresOf(ledger.entries)),
      holds("the node ended by itself", code === 0, `exit code ${code}`),
      inTime("time until the node ended", leftAfter, 10_000),
    ];
  },
};

export const nodeLost: Scenario = {
  name: "node-lost",
  fault: "One of three nodes behind a proxy is killed (kill -9)",
  promise:
    "only requests that the node was answering at that moment fail; nothing that was confirmed is lost",
  async run(site, pace) {
    const { first: lost, balancer } = await startBehindBalancer(site, 3);
    let cutOff = 0;
    const { ledger, findings } = await underFire(site, pace, {
      baseUrl: balancer.baseUrl,
      perSecond: 25,
      async fault(goOn) {
        await lost.kill();
        await goOn(3);
        cutOff = balancer.cutOff.length;
        await site.start({ port: lost.port });
      },
    });
    const failed = failuresOf(ledger.entries);
    return [
      ...findings,
      shown("requests that the node was answering", cutOff),
      holds(
        "other failed requests",
        failed.length <= balancer.cutOff.length,
        `${failed.length - balancer.cutOff.length}`,
      ),
      holds("the other nodes cut off no request", balancer.cutOff.length === cutOff),
    ];
  },
};
