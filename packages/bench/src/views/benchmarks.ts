import { meterCpu } from "../assign/cpu-time";
import { compareUnderLoad, type LoadComparison } from "../assign/load";
import { costOf } from "../assign/load-figures";
import type { Benchmark, Measurement } from "../benchmark";
import { aRunningExperiment, FactsRepository, type Fixture } from "../internals";
import type { Workbench } from "../workbench";
import { type Hosts, hostsOf, USERS } from "./host";

/** What a host's views may cost: a tenth, by the median. */
const GOAL = { atMost: 1.1 } as const;
const ROUNDS = 11;
const LOAD = { callers: 8, callsPerRound: 2_000, rounds: ROUNDS };
const OF_PEOPLE = `on views that pass ${USERS.toLocaleString("en")} users through, against their tables (CPU µs)`;

export const viewBenchmarks: Benchmark[] = [
  {
    id: "views-lookup",
    name: `What rules may ask of a user and two teams, ${OF_PEOPLE}`,
    goal: GOAL,
    run: lookUp,
  },
  {
    id: "views-assignment",
    name: `The first assignment of a user whom a rule on country and team plan matches, ${OF_PEOPLE}`,
    goal: GOAL,
    run: assign,
  },
  {
    id: "views-recount",
    name: `A recount of 100,000 users, ${OF_PEOPLE.replace("µs", "ms")}`,
    goal: GOAL,
    run: recount,
  },
];

async function lookUp(workbench: Workbench): Promise<Measurement> {
  const hosts = await hostsOf(workbench);
  const lookUpIn = ({ database }: Fixture) => {
    const facts = new FactsRepository(database.pool);
    return async (call: number) => {
      const { user, teams } = await facts.load(userAt(hosts, call), []);
      if (user === null || teams.size !== 2) throw new Error("Somebody was not found.");
    };
  };
  return compare(hosts, lookUpIn, LOAD);
}

/** Of experiments alike, each user is new to both. */
async function assign(workbench: Workbench): Promise<Measurement> {
  const hosts = await hostsOf(workbench);
  const { slug: ofViews } = await aTargeted(hosts.views);
  const { slug: ofTables } = await aTargeted(hosts.tables);
  const assignIn = (host: Fixture) => {
    const slug = host === hosts.views ? ofViews : ofTables;
    return async (call: number) => {
      const identity = { userId: userAt(hosts, call), visitorId: null, isBot: false, hasConsent: true };
      const [answer] = await host.module.experiments.decide(
        { ...identity, address: `198.51.${call % 256}.${(call >> 8) % 256}` },
        [{ slug }],
      );
      if (answer?.reason !== "allocated") throw new Error(`Somebody was not assigned: ${answer?.reason}.`);
    };
  };
  return compare(hosts, assignIn, LOAD);
}

function aTargeted(fixture: Fixture) {
  const country = { userAttributes: { country: { $in: ["DE", "FR", "NL"] } } };
  return aRunningExperiment(fixture, { unit: "user", targetingRules: { ...country, plans: ["individual"] } });
}

const PARTICIPANTS = 100_000;

async function recount(workbench: Workbench): Promise<Measurement> {
  const hosts = await hostsOf(workbench);
  const { slug } = await aRunningExperiment(hosts.tables, {
    unit: "user",
    clientEvents: ["bought"],
    metrics: { primary: "event:bought", secondary: [], guardrails: [] },
  });
  const { pool } = hosts.tables.database;
  const run = (text: string) =>
    pool.query({ text, values: [slug], query_timeout: 600_000 } as unknown as { text: string });
  await run(FILL);
  await run(CONVERT);
  for (const table of ["ExperimentVariant", "ExperimentConversion"])
    await pool.query(`VACUUM ANALYZE "${table}"`);
  const recountIn =
    ({ module }: Fixture) =>
    async () => {
      // Of new rows alone it would read nothing.
      await pool.query(
        `INSERT INTO "ExperimentUpset" ("experimentSlug") VALUES ($1) ON CONFLICT DO NOTHING`,
        [slug],
      );
      if ((await module.recounts.recount(slug)) === null) throw new Error("It was not counted.");
    };
  const { ours, anchor, ...figures } = await compare(hosts, recountIn, {
    callers: 1,
    callsPerRound: 5,
    rounds: ROUNDS,
  });
  return { ...figures, ours: ours / 1_000, anchor: anchor / 1_000 };
}

const FILL = `
  INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "userId", "assignmentType", "epoch", "exposedAt")
  SELECT $1, CASE "id" % 2 WHEN 0 THEN 'control' ELSE 'urgent' END, "id", 'DETERMINISTIC', 1, clock_timestamp()
  FROM "User" WHERE "email" LIKE 'host-%' ORDER BY "id" LIMIT ${PARTICIPANTS}`;
const CONVERT = `
  INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey")
  SELECT "id", 'bought', '1' FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND "userId" % 5 = 0`;

function userAt({ userIds }: Hosts, call: number): number {
  return userIds[call % userIds.length] as number;
}

/** The median counts: a round takes a second or so, in which others are at work on the machine too. */
async function compare(
  hosts: Hosts,
  callOf: (host: Fixture) => (call: number) => Promise<void>,
  load: { callers: number; callsPerRound: number; rounds: number },
): Promise<Measurement> {
  const meter = await meterCpu(hosts.tables.database.pool);
  const comparison: LoadComparison = await compareUnderLoad(callOf(hosts.views), callOf(hosts.tables), {
    ...load,
    meter,
  });
  const { spread, notes, ...figures } = costOf(comparison);
  const rounds =
    spread === undefined ? [] : [`${spread.from.toFixed(2)} to ${spread.to.toFixed(2)} in ${ROUNDS} rounds`];
  return { ...figures, notes: [...rounds, ...notes] };
}
