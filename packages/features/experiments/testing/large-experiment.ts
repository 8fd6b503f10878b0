import type { ExperimentInput } from "../types/input";
import { anInput, aRunningExperiment, type Fixture } from "./database-fixtures";
import { fillExperiment, runPatiently } from "./fill-experiment";

/** Assignments of the large experiment: few in the ordinary run, and 1,500,000 where somebody measures. */
// biome-ignore lint/style/noProcessEnv: a knob of these tests alone
export const LARGE = Number(process.env.LARGE_EXPERIMENT_ROWS ?? 4_000);
export const LARGE_CONVERSIONS = LARGE / 5;
const OTHERS = 15;

/** A running experiment with nearly all rows there are: fifteen others have some. */
export async function aLargeExperiment(
  fixture: Fixture,
  changes: Partial<ExperimentInput> = {},
): Promise<{ slug: string; version: number }> {
  const { pool, prisma } = fixture.database;
  const present = await prisma.feature.count({ where: { type: "EXPERIMENT" } });
  for (let others = present; others < OTHERS; others++) await fill(fixture, anInput({ unit: "visitor" }), 10);
  const filled = await fill(
    fixture,
    anInput({ unit: "visitor", clientEvents: ["bought"], ...changes }),
    LARGE,
  );
  // As autovacuum leaves tables that were written for weeks; a moment after a load it has not come by yet.
  const client = await pool.connect();
  try {
    for (const table of ["ExperimentVariant", "ExperimentConversion"])
      await runPatiently(client, `VACUUM ANALYZE "${table}"`);
  } finally {
    client.release();
  }
  return filled;
}

async function fill(
  fixture: Fixture,
  input: ExperimentInput,
  assignments: number,
): Promise<{ slug: string; version: number }> {
  const { slug } = await aRunningExperiment(fixture, input);
  const client = await fixture.database.pool.connect();
  try {
    await fillExperiment(client, slug, { assignments, conversions: assignments / 5 });
  } finally {
    // It may still be in the role of a replica.
    client.release(true);
  }
  const { version } = await fixture.module.admin.catalog.get(fixture.admin, slug);
  return { slug, version };
}
