import type { Benchmark, Measurement } from "../benchmark";
import { AssignmentsRepository, aRunningExperiment } from "../internals";
import type { Workbench } from "../workbench";
import { meterCpu } from "./cpu-time";
import { compareUnderLoad } from "./load";
import { figuresOf } from "./load-figures";

export const coalescedVsSingle: Benchmark = {
  id: "coalesced-vs-single",
  name: "First assignments of 64 callers, coalesced against an INSERT each (CPU µs)",
  goal: { atLeast: 5.5 },
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
  const load = { callers: 64, callsPerRound: 5_000, rounds: 7, meter: await meterCpu(pool) };
  return figuresOf(await compareUnderLoad(coalesced, single, load), 1);
}

const INSERT_ONE = `INSERT INTO "ExperimentVariant" ("experimentSlug", "visitorId", "variant", "assignmentType", "epoch", "isProvisional")
  VALUES ($1, $2, 'control', 'DETERMINISTIC', 1, true) ON CONFLICT DO NOTHING RETURNING "id"`;
