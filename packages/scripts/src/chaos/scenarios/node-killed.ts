import { shown } from "../judging/findings";
import type { Scenario } from "../scenario";
import { failuresOf } from "../traffic/ledger";
import { underFire } from "./under-fire";

export const nodeKilled: Scenario = {
  name: "node-killed",
  fault: "The only node is killed (kill -9) and started again",
  promise: "nothing that was confirmed is lost or changed",
  async run(site, pace) {
    const node = await site.start();
    const { during, findings } = await underFire(site, pace, {
      baseUrl: node.baseUrl,
      async fault(goOn) {
        await node.kill();
        await goOn(1);
        await site.start({ port: node.port });
      },
    });
    return [...findings, shown("requests without a response during the fault", failuresOf(during).length)];
  },
};
