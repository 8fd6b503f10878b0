import os from "node:os";
import { Command } from "commander";
import { buildWeb } from "../../lib/web-build";
import { wholeNumber } from "../../simulate/options";
import { endInSeconds } from "../deadline";
import { writeTable } from "../document";
import { startCluster } from "../site/cluster";
import { openSite } from "../site/site";
import { type Measured, measure, WORKS } from "./measure";

interface Options {
  seconds: number;
  atOnce: number;
  write?: boolean;
}

/** Five kinds of request, each made ready and measured for so long: a minute with all that has to be started. */
const SECONDS = 4;

export const loadCommand = () =>
  new Command("load")
    .description("Measures how many requests one node answers on this machine, for a minute at most.")
    .option("--seconds <seconds>", "for each kind of request, 5 at most", wholeNumber, SECONDS)
    .option(
      "--at-once <visitors>",
      "how many visitors ask at once, each again as soon as it is answered",
      wholeNumber,
      16,
    )
    .option("--write", "puts the figures into docs/reliability.md")
    .action(async ({ seconds, atOnce, write }: Options) => {
      await buildWeb(() => console.log("Building (about a minute) …"));
      const table = formatTable(await measureAll(Math.min(seconds, 5), Math.min(Math.max(1, atOnce), 128)));
      console.log(table);
      if (write) writeTable("load", () => table);
      endInSeconds(10);
    });

async function measureAll(seconds: number, atOnce: number): Promise<Measured[]> {
  const cluster = await startCluster();
  try {
    const site = await openSite(cluster);
    try {
      const { baseUrl } = await site.start({ env: { DATABASE_POOL_SIZE: "20" } });
      const cookieSecret = site.secrets.VISITOR_COOKIE_SECRET ?? "";
      const measured: Measured[] = [];
      for (const work of WORKS) {
        // What is loaded and compiled at the first request is not the rate of all others.
        await measure(work, { baseUrl, cookieSecret, seconds: 0.5, atOnce });
        measured.push(await measure(work, { baseUrl, cookieSecret, seconds, atOnce }));
      }
      return measured;
    } finally {
      await site.close();
    }
  } finally {
    await cluster.stop();
  }
}

export function formatTable(measured: readonly Measured[]): string {
  const rows = measured.map(
    ({ what, requests, perSecond, p50, p99, failures }) =>
      `| ${what} | ${Math.round(perSecond)} | ${p50.toFixed(1)} ms | ${p99.toFixed(1)} ms | ${requests} | ${failures.length} |`,
  );
  return [
    "| request | requests per second | p50 | p99 | requests measured | failed requests |",
    "|---|---|---|---|---|---|",
    ...rows,
    "",
    `One node, its database and the clients share ${os.cpus().length} cores.`,
  ].join("\n");
}
