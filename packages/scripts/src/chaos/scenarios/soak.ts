import { writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "../../lib/paths";
import { none, shown, within } from "../judging/findings";
import { findKept } from "../judging/kept";
import type { Scenario } from "../scenario";
import type { Node } from "../site/node";
import type { Site } from "../site/site";
import { drawSoak, type Sample } from "../soak-chart";
import { failuresOf } from "../traffic/ledger";

const SAMPLES = 60;
const PER_SECOND = 3;
const MB = 2 ** 20;
const CHART = path.join(root, "docs/soak.svg");

export const soak: Scenario = {
  name: "soak",
  fault: "No fault, but a soak test: visitors keep coming for a long time",
  promise: "heap, connections and the delay of the event loop hardly grow",
  minutes: ({ soakMinutes }) => soakMinutes + 5,
  async run(site, { soakMinutes }) {
    const node = await site.start();
    const traffic = site.traffic(node.baseUrl, PER_SECOND);
    const every = (60 * soakMinutes) / SAMPLES;
    const samples: Sample[] = [];
    try {
      // What is loaded and compiled once is no growth.
      await traffic.goOn(Math.min(30, 10 * soakMinutes));
      for (let index = 0; index < SAMPLES; index++) {
        await traffic.goOn(every);
        samples.push({ minute: ((index + 1) * every) / 60, ...(await look(site, node)) });
      }
    } finally {
      await traffic.end();
    }
    writeFileSync(CHART, drawSoak(samples));
    const third = SAMPLES / 3;
    const [first, last] = [samples.slice(0, third), samples.slice(-third)];
    const heap = [first, last].map((part) => middle(part.map(({ heapMb }) => heapMb)));
    const delay = [first, last].map((part) => middle(part.map(({ delayMs }) => delayMs)));
    return [
      ...(await findKept(site, traffic.ledger)),
      none("failed requests", failuresOf(traffic.ledger.entries)),
      shown("duration in minutes", soakMinutes),
      shown("visits per second", PER_SECOND),
      shown("heap in the first third", `${heap[0]?.toFixed(1)} MB`),
      within("growth of the heap until the last third", (heap[1] ?? 0) - (heap[0] ?? 0), {
        atMost: 10,
        unit: " MB",
      }),
      within("highest number of connections", Math.max(...samples.map(({ connections }) => connections)), {
        atMost: 12,
      }),
      shown("delay of the event loop (p99) in the first third", `${delay[0]?.toFixed(1)} ms`),
      shown("delay of the event loop (p99) in the last third", `${delay[1]?.toFixed(1)} ms`),
    ];
  },
};

async function look(site: Site, node: Node): Promise<Omit<Sample, "minute">> {
  const { heapBytes, delayMs } = await node.vitals();
  const [row] = await site.sudo<{ count: number }>(
    "SELECT count(*)::int AS count FROM pg_stat_activity WHERE usename = $1",
    [site.name],
  );
  return { heapMb: heapBytes / MB, connections: row?.count ?? 0, delayMs: delayMs.p99 };
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
