import type { Benchmark, Measurement } from "../benchmark";
import { AssignmentsRepository, aRunningExperiment } from "../internals";
import type { Workbench } from "../workbench";
import { compareUnderLoad } from "./load";

export const coalescedVsSingle: Benchmark = {
  id: "coalesced-vs-single",
  name: "First assignments of 64 callers, coalesced against an INSERT each (per second)",
  goal: { atLeast: 4 },
  run,
};

async function run(workbench: Workbench): Promise<Measurement> {
  const fixture = await workbench.fixture();
  const { pool } = fixture.database;
  const { slug } = await aRunningExperiment(fixture, { unit: "visitor" });
  const repository = new AssignmentsRepository(pool);
  const coalesced = async () => {
    const [row] = await repository.insert([
      {
        slug,
        unit: "visitor",
        unitId: crypto.randomUUID(),
        variant: "control",
        assignmentType: "deterministic",
        epoch: 1,
        isProvisional: true,
      },
    ]);
    if (!row?.isNew) throw new Error("The row was not stored.");
  };
  const single = async () => {
    const { rowCount } = await pool.query(INSERT_ONE, [slug, crypto.randomUUID()]);
    if (rowCount !== 1) throw new Error("The row was not stored.");
  };
  const { ours, anchor, throughputRatio, p99Ratio } = await compareUnderLoad(coalesced, single, {
    callers: 64,
    callsPerRound: 10_000,
    rounds: 7,
  });
  return {
    ours: ours.perSecond,
    anchor: anchor.perSecond,
    ratio: throughputRatio,
    alsoMet: p99Ratio <= 1,
    notes: [`p99 ${p99Ratio.toFixed(2)} × that of single statements (goal: ≤ 1)`],
  };
}

const INSERT_ONE = `INSERT INTO "ExperimentVariant" ("experimentSlug", "visitorId", "variant", "assignmentType", "epoch", "isProvisional")
  VALUES ($1, $2, 'control', 'DETERMINISTIC', 1, true) ON CONFLICT DO NOTHING RETURNING "id"`;
