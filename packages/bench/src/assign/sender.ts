import type { Benchmark, Measurement } from "../benchmark";
import { aRunningExperiment, createExperimentTracker, EventOutbox, EventsRepository } from "../internals";
import { median } from "../statistics";
import type { Workbench } from "../workbench";
import { startReceiver } from "./receiver";

const EVENTS = 30_000;
const ROUNDS = 5;
const FAR_MS = 100;

interface Round {
  near: number;
  far: number;
}

const measured = new WeakMap<Workbench, Promise<Round[]>>();

/** Both figures come from the same rounds. */
function roundsOf(workbench: Workbench): Promise<Round[]> {
  const rounds = measured.get(workbench) ?? measure(workbench);
  measured.set(workbench, rounds);
  return rounds;
}

/** Rounds of a near receiver and a far one in turn; the first ones only warm up. */
async function measure(workbench: Workbench): Promise<Round[]> {
  const { database, ...fixture } = await workbench.fixture();
  const { pool } = database;
  const { slug } = await aRunningExperiment({ database, ...fixture }, { unit: "visitor" });
  await pool.query(
    `INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "visitorId", "assignmentType", "epoch", "exposedAt", "sentAt")
     SELECT $1, 'control', gen_random_uuid(), 'DETERMINISTIC', 1, now(), now() FROM generate_series(1, $2::int / 2)`,
    [slug, EVENTS],
  );
  await pool.query(
    `INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey", "sentAt")
     SELECT "id", 'sold', '1', now() FROM "ExperimentVariant" WHERE "experimentSlug" = $1`,
    [slug],
  );
  // They are older than the first who sends.
  await pool.query(
    `INSERT INTO "Lease" ("name", "until", "startedAt") VALUES ('send-events', now(), '-infinity')`,
  );
  const drain = async (latencyMs: number) => {
    for (const table of ["ExperimentVariant", "ExperimentConversion"]) {
      await pool.query(`UPDATE "${table}" SET "sentAt" = NULL WHERE "experimentSlug" = $1`, [slug]);
      await pool.query(`VACUUM ANALYZE "${table}"`);
    }
    const receiver = await startReceiver(latencyMs);
    const outbox = new EventOutbox(
      new EventsRepository(pool),
      createExperimentTracker({ key: "phc_bench", host: receiver.url }),
      console,
    );
    const start = performance.now();
    const sent = await outbox.sweep(60_000);
    const seconds = (performance.now() - start) / 1_000;
    await outbox.close();
    await receiver.stop();
    if (sent < EVENTS) throw new Error(`Only ${sent} events were sent.`);
    return EVENTS / seconds;
  };
  await drain(0);
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    if (round % 2 === 0) rounds.push({ near: await drain(0), far: await drain(FAR_MS) });
    else {
      const far = await drain(FAR_MS);
      rounds.push({ near: await drain(0), far });
    }
  }
  return rounds;
}

function spreadOf(values: number[]): { from: number; to: number } {
  return { from: Math.min(...values), to: Math.max(...values) };
}

const GOAL = 4_000;

export const senderBenchmarks: Benchmark[] = [
  {
    id: "sender-per-second",
    name: `Events that one node sends per second from a backlog, against ${GOAL}`,
    goal: { atLeast: 1 },
    async run(workbench): Promise<Measurement> {
      const rates = (await roundsOf(workbench)).map(({ near }) => near);
      const { from, to } = spreadOf(rates);
      return {
        ours: median(rates),
        anchor: GOAL,
        ratio: median(rates) / GOAL,
        alsoMet: from >= GOAL,
        notes: [`between ${Math.round(from)} and ${Math.round(to)} in ${ROUNDS} rounds`],
      };
    },
  },
  {
    id: "sender-far-vs-near",
    name: `Events per second where the receiver answers after ${FAR_MS} ms, against at once`,
    goal: { atLeast: 0.9 },
    async run(workbench): Promise<Measurement> {
      const rounds = await roundsOf(workbench);
      const ratios = rounds.map(({ near, far }) => far / near);
      const { from, to } = spreadOf(ratios);
      return {
        ours: median(rounds.map(({ far }) => far)),
        anchor: median(rounds.map(({ near }) => near)),
        ratio: median(ratios),
        alsoMet: from >= 0.9,
        notes: [`between ${from.toFixed(2)} and ${to.toFixed(2)} in ${ROUNDS} rounds`],
      };
    },
  },
];
