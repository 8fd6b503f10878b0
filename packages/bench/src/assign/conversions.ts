import { randomUUID } from "node:crypto";
import type { Benchmark, Measurement } from "../benchmark";
import { aRunningExperiment } from "../internals";
import { inverseOf } from "../statistics";
import type { Workbench } from "../workbench";
import { compareUnderLoad } from "./load";

const EXPERIMENTS = 20;
const EARLIER = 1_000;
const PEOPLE = 8;

export const conversionsAfterMany: Benchmark = {
  id: "conversions-after-many",
  name: `Server conversions of people in ${EXPERIMENTS} experiments with ${EARLIER.toLocaleString("en")} earlier conversions in each, against none (per second)`,
  goal: { atMost: 1.5 },
  run,
};

async function run(workbench: Workbench): Promise<Measurement> {
  const fixture = await workbench.fixture();
  const { experiments } = fixture.module;
  const { pool } = fixture.database;
  const slugs: string[] = [];
  for (let count = 0; count < EXPERIMENTS; count++)
    slugs.push((await aRunningExperiment(fixture, { unit: "visitor" })).slug);
  const somebody = async () => {
    const identity = {
      userId: null,
      visitorId: randomUUID(),
      isBot: false,
      hasConsent: true,
      address: "192.0.2.1",
    };
    await experiments.recordExposures(
      identity,
      slugs.map((slug) => ({ slug })),
    );
    return identity;
  };
  const peopleWith = async (earlier: number) => {
    const people = await Promise.all(Array.from({ length: PEOPLE }, somebody));
    await pool.query(
      `INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey")
       SELECT "id", 'sold', 'earlier ' || i FROM "ExperimentVariant", generate_series(1, $2::int) AS i
       WHERE "visitorId" = ANY ($1)`,
      [people.map(({ visitorId }) => visitorId), earlier],
    );
    return people;
  };
  const [many, none] = [await peopleWith(EARLIER), await peopleWith(0)];
  await pool.query(`VACUUM ANALYZE "ExperimentConversion"`);
  const convert = (people: Awaited<ReturnType<typeof peopleWith>>) => async (call: number) => {
    const { recorded } = await experiments.trackConversion("sold", {
      subject: people[call % PEOPLE] as (typeof people)[number],
    });
    if (recorded !== EXPERIMENTS)
      throw new Error(`Of ${EXPERIMENTS} experiments ${recorded} have the conversion.`);
  };
  // Few calls: each adds one to those who had none.
  const { ours, anchor, throughput, p99Ratio } = await compareUnderLoad(convert(many), convert(none), {
    callers: 4,
    callsPerRound: 16,
    rounds: 9,
  });
  return {
    ours: ours.perSecond,
    anchor: anchor.perSecond,
    ...inverseOf(throughput),
    notes: [`p99 ${p99Ratio.toFixed(2)} × that of people without`],
  };
}
