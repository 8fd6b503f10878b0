import { randomUUID } from "node:crypto";
import type { Benchmark, Measurement } from "../benchmark";
import { aRunningExperiment, countStatements, createFixture, type Fixture } from "../internals";
import type { Workbench } from "../workbench";
import { compareUnderLoad } from "./load";

const VISITORS = 500;
const EXPERIMENTS = 5;
const LOAD = { callers: 64, callsPerRound: 10_000, rounds: 7 };
const GOAL = 4;

export const repeatVsRead: Benchmark = {
  id: "repeat-vs-read",
  name: `Repeat decisions of ${EXPERIMENTS} experiments, by a node that remembers seen rows against one that reads them (per second)`,
  goal: { atLeast: GOAL },
  run,
};

async function run(workbench: Workbench): Promise<Measurement> {
  const fixture = await workbench.fixture();
  const slugs: string[] = [];
  for (let count = 0; count < EXPERIMENTS; count++)
    slugs.push((await aRunningExperiment(fixture, { unit: "visitor" })).slug);
  // A job remembers nothing.
  const reading = await createFixture(fixture.url, { isJob: true });
  try {
    const identities = Array.from({ length: VISITORS }, () => ({
      userId: null,
      visitorId: randomUUID(),
      isBot: false,
      hasConsent: true,
      address: "192.0.2.1",
      isSharedAddress: true,
    }));
    const requests = slugs.map((slug) => ({ slug }));
    const decideBy =
      ({ module }: Pick<Fixture, "module">) =>
      async (call: number) => {
        const identity = identities[call % VISITORS] as (typeof identities)[number];
        const answers = await module.experiments.decide(identity, requests);
        if (answers.some(({ reason }) => reason !== "sticky")) throw new Error("Somebody is not known.");
      };
    await Promise.all(
      identities.map((identity) => fixture.module.experiments.recordExposures(identity, requests)),
    );
    // It remembers what it reads once it hears.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    for (let visitor = 0; visitor < VISITORS; visitor++) await decideBy(fixture)(visitor);
    const statements = await countStatements(fixture.database.pool, () =>
      Promise.all(identities.map((_, visitor) => decideBy(fixture)(visitor))),
    );
    const { ours, anchor, throughput } = await compareUnderLoad(decideBy(fixture), decideBy(reading), LOAD);
    return {
      ours: ours.perSecond,
      anchor: anchor.perSecond,
      ...throughput,
      alsoMet: statements === 0,
      notes: [`${statements} statements for ${VISITORS} pages (goal: 0)`],
    };
  } finally {
    await reading.close();
  }
}
