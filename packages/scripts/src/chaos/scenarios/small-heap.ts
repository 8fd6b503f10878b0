import { Agent } from "node:http";
import { holds, none, shown, within } from "../judging/findings";
import type { Scenario } from "../scenario";
import { failuresOf, Ledger } from "../traffic/ledger";
import { addressOf } from "../traffic/traffic";
import { Visitor } from "../traffic/visitor";

const HEAP_MB = 256;
const AT_ONCE = 16;
const MB = 2 ** 20;
/** The limiter counts each address for an hour, in some 100 bytes; what grew by request was 27 kB each. */
const ALLOWED_MB = 12;

export const smallHeap: Scenario = {
  name: "small-heap",
  fault: `A node with a heap of ${HEAP_MB} MB gets 30,000 new visitors from as many addresses`,
  promise: "all of them get a response, and after garbage collection the heap is about as large as before",
  minutes: () => 8,
  async run(site, { isQuick }) {
    const count = isQuick ? 1_500 : 30_000;
    const node = await site.start({ heapMb: HEAP_MB });
    const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
    site.defer(() => agent.destroy());
    const ledger = new Ledger();
    let next = 0;
    const until = async (last: number) => {
      const work = async () => {
        while (next < last) {
          const address = addressOf(next++);
          const cookieSecret = site.secrets.VISITOR_COOKIE_SECRET ?? "";
          const visitor = new Visitor({
            baseUrl: node.baseUrl,
            agent,
            ledger,
            cookieSecret,
            address,
            isOver: () => false,
          });
          await visitor.comeBack();
          await visitor.decide();
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    };
    // What is loaded and compiled once is no growth.
    await until(count / 10);
    const before = await node.vitals();
    const since = performance.now();
    await until(count + count / 10);
    const perSecond = count / ((performance.now() - since) / 1_000);
    const after = await node.vitals();
    const served = ledger.entries.filter((entry) => entry.served === 2).length;
    return [
      none("visitors without a response", failuresOf(ledger.entries)),
      holds("the node survives", after.heapBytes > 0),
      shown("new visitors", count),
      shown("visitors who got variants, including those of the warm-up", served),
      shown("visitors per second", perSecond),
      shown("heap before", `${(before.heapBytes / MB).toFixed(1)} MB`),
      shown("heap after", `${(after.heapBytes / MB).toFixed(1)} MB`),
      within("growth of the heap", (after.heapBytes - before.heapBytes) / MB, {
        atMost: ALLOWED_MB,
        unit: " MB",
      }),
    ];
  },
};
