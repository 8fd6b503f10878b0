import { aVisitor } from "../assign/http-client";
import type { Benchmark, Measurement } from "../benchmark";
import { quantile } from "../statistics";
import type { Workbench } from "../workbench";
import { askPage } from "./ask-page";
import { tryToSignIn } from "./session";

const AT_ONCE = 40;
const CALLS = 300;

/** Passwords take a fifth of a second each, and every page needs what they are hashed on. */
export const landingBesideSignIns: Benchmark = {
  id: "landing-beside-sign-ins",
  name: `p95 of the landing page while ${AT_ONCE} try to sign in at once, and alone (ms); the goal is of the first`,
  goal: { atMost: 50 },
  run,
};

async function run(workbench: Workbench): Promise<Measurement> {
  const server = await workbench.webServer();
  const { cookie, address } = await aVisitor(server);
  const headers = { cookie, "x-forwarded-for": address, accept: "text/html", "sec-fetch-dest": "document" };
  const p95 = async () => {
    const times: number[] = [];
    for (let call = 0; call < CALLS; call++) times.push((await askPage(server.port, "/", headers)).wholeMs);
    return quantile(times, 0.95);
  };
  await p95();
  const anchor = await p95();

  const statuses = new Map<number, number>();
  let isOver = false;
  const flood = Array.from({ length: AT_ONCE }, async (_, guesser) => {
    for (let guess = 0; !isOver; guess++) {
      const status = await tryToSignIn(server, {
        email: `invented-${guesser}-${guess}@bench.example`,
        password: "a guess of somebody",
        address: `203.0.113.${guesser}`,
      });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  });
  const ours = await p95();
  isOver = true;
  await Promise.all(flood);
  const answers = [...statuses].sort().map(([status, count]) => `${count} × ${status}`);
  const isForeseen = [...statuses.keys()].every((status) => [401, 429, 503].includes(status));
  return {
    ours,
    anchor,
    ratio: ours,
    alsoMet: isForeseen,
    notes: [`answers to them: ${answers.join(", ")}`],
  };
}
