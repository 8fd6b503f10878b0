import { holds, inTime, none, shown } from "../judging/findings";
import type { Finding, Scenario } from "../scenario";
import { signIn } from "../site/sign-in";
import type { Site } from "../site/site";
import { ask } from "../traffic/ask";
import { failuresOf, Ledger } from "../traffic/ledger";
import { quantile } from "../traffic/quantile";
import { aVisitor, underFire } from "./under-fire";

const AWAY = "Our database isn’t responding right now";
const PAGES = ["/settings/billing", "/settings/admin/experiments"];

export const databaseHung: Scenario = {
  name: "database-hung",
  fault: "The database is silent: connections stay open, but nothing gets through",
  promise:
    "100 simultaneous decisions are answered within 300 ms at p99, and pages for signed-in people show their shell (header and navigation) within a second",
  isQuick: true,
  async run(site, pace) {
    const { baseUrl } = await site.start();
    const cookie = await signIn(baseUrl, site.admin);
    // The first rendering of a page loads its code.
    for (const path of PAGES) await ask(baseUrl, { path, headers: { cookie } });
    // So does the first of anything: a node that has served for a while is what breaks. V8 goes on making the code of a
    // request quicker for its first 2,000.
    for (let round = 0; round < (pace.isQuick ? 1 : 30); round++) await decideAtOnce(site, baseUrl);
    const usual = quantile(await decideAtOnce(site, baseUrl), 0.99);
    const found: Finding[] = [
      shown("p99 of 100 simultaneous decisions before the fault", `${Math.round(usual)} ms`),
    ];
    const { findings } = await underFire(site, pace, {
      baseUrl,
      perSecond: 5,
      async fault(goOn) {
        site.way.hang();
        found.push(...(await findDecisions(site, baseUrl)));
        for (const path of PAGES) found.push(...(await findFrame(baseUrl, path, cookie)));
        await goOn(3);
        site.way.restore();
      },
    });
    const [billing = ""] = PAGES;
    const { text } = await ask(baseUrl, { path: billing, headers: { cookie } });
    return [
      ...found,
      ...findings,
      holds("pages for signed-in people show their data again", !text.includes(AWAY)),
    ];
  },
};

/** How long each of 100 new visitors waited. */
async function decideAtOnce(site: Site, baseUrl: string, ledger = new Ledger()): Promise<number[]> {
  await Promise.all(
    Array.from({ length: 100 }, async (_, index) => {
      const visitor = aVisitor(site, baseUrl, index, ledger);
      await visitor.comeBack();
      await visitor.decide();
    }),
  );
  return ledger.entries.map(({ ms }) => ms);
}

async function findDecisions(site: Site, baseUrl: string): Promise<Finding[]> {
  const ledger = new Ledger();
  const times = await decideAtOnce(site, baseUrl, ledger);
  return [
    none("failures of 100 simultaneous decisions", failuresOf(ledger.entries)),
    shown("p50 of 100 simultaneous decisions during the fault", `${Math.round(quantile(times, 0.5))} ms`),
    inTime("p99 of 100 simultaneous decisions during the fault", quantile(times, 0.99), 300),
  ];
}

async function findFrame(baseUrl: string, path: string, cookie: string): Promise<Finding[]> {
  const since = performance.now();
  const { status, text } = await ask(baseUrl, { path, headers: { cookie, accept: "text/html" } });
  const isFramed = status < 500 && text.includes(AWAY) && text.includes("<header");
  return [
    holds(
      `${path} shows its shell and says why its data is missing`,
      isFramed,
      `${isFramed ? "yes" : "no"} (${status})`,
    ),
    inTime(`response time of ${path}`, performance.now() - since, 1_000),
  ];
}
