import http from "node:http";
import { meterCpu } from "../assign/cpu-time";
import { aVisitor } from "../assign/http-client";
import { compareUnderLoad } from "../assign/load";
import { costOf } from "../assign/load-figures";
import { letAllBeSeen } from "../assign/seen";
import type { Benchmark, Measurement } from "../benchmark";
import { aRunningExperiment } from "../internals";
import type { Workbench } from "../workbench";
import { signIn } from "./session";

const SLUGS = {
  "upgrade-button-test": "user",
  "dashboard-layout-v2": "user",
  "landing-hero-test": "visitor",
  "pricing-tiers": "user",
  "onboarding-checklist": "user",
} as const;
const PEOPLE = 20;
const CALLERS = 4;

export const ssrFiveExperiments: Benchmark = {
  id: "ssr-five-experiments",
  name: "Rendering a page with five experiments against the same page without (CPU µs)",
  goal: { atMost: 1.05 },
  run,
};

/** People who are signed in and have seen their five variants: what nearly every page view of a product is. */
async function run(workbench: Workbench): Promise<Measurement> {
  const fixture = await workbench.fixture();
  for (const [slug, unit] of Object.entries(SLUGS)) await aRunningExperiment(fixture, { slug, unit });
  const server = await workbench.webServer();
  const people: { cookie: string; address: string }[] = [];
  for (let person = 0; person < PEOPLE; person++) {
    const { cookie: visitor, address } = await aVisitor(server);
    const session = await signIn(server, fixture, { email: `reader-${person}@bench.example`, address });
    people.push({ cookie: `${visitor}; ${session}`, address });
  }
  const agent = new http.Agent({ keepAlive: true, maxSockets: CALLERS });
  const open = async (experiments: "five" | "none", call: number) => {
    const { cookie, address } = people[call % PEOPLE] as (typeof people)[number];
    const html = await get(agent, server.port, `/bench/${experiments}`, {
      cookie,
      "x-forwarded-for": address,
      "user-agent": "Mozilla/5.0 Chrome/140.0.0.0",
      accept: "text/html",
    });
    const shown = html.match(/data-variant="(?!none")[^"]+"/g)?.length ?? 0;
    if (shown !== (experiments === "five" ? 5 : 0))
      throw new Error(`A page with ${experiments} experiments shows ${shown} variants.`);
  };
  // The server obeys what was started here within a second; and then everybody has their rows.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  for (let person = 0; person < PEOPLE; person++) await open("five", person);
  await letAllBeSeen(fixture);
  for (let person = 0; person < PEOPLE; person++) await open("five", person);

  const comparison = await compareUnderLoad(
    (call) => open("five", call),
    (call) => open("none", call),
    // Long rounds: the difference is smaller than what a neighbour on the machine makes of a short one.
    {
      callers: CALLERS,
      callsPerRound: 900,
      rounds: 7,
      turns: 10,
      meter: await meterCpu(fixture.database.pool, server.pid),
    },
  );
  agent.destroy();
  return costOf(comparison);
}

function get(
  agent: http.Agent,
  port: number,
  path: string,
  headers: http.OutgoingHttpHeaders,
): Promise<string> {
  return new Promise((resolve, reject) => {
    http
      .get(`http://127.0.0.1:${port}${path}`, { agent, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("end", () => {
          if (response.statusCode === 200) resolve(text);
          else reject(new Error(`${path} answered ${response.statusCode}.`));
        });
      })
      .on("error", reject);
  });
}
