import type { ExperimentConfig } from "@calcom/features/experiments/types";
import { readStoredConfig, type StoredFeature } from "@calcom/features/experiments/utils";
import { ScriptError } from "@calcom/lib/script-error";
import { written } from "@calcom/lib/sentence";
import type pg from "pg";

/** Every experiment as it is stored, by slug. */
export async function readExperiments(runner: Pick<pg.Client, "query">): Promise<StoredFeature[]> {
  const { rows } = await runner.query<StoredFeature>(
    `SELECT "slug", "enabled", "metadata" FROM "Feature" WHERE "type" = 'EXPERIMENT' ORDER BY "slug" COLLATE "C"`,
  );
  return rows;
}

/** @throws ScriptError where there is no such experiment, or where its configuration cannot be read */
export async function readConfig(runner: Pick<pg.Client, "query">, slug: string): Promise<ExperimentConfig> {
  const rows = await readExperiments(runner);
  const row = rows.find((one) => one.slug === slug);
  if (row === undefined)
    throw new ScriptError(
      `There is no experiment ${slug}; there are ${rows.map((one) => one.slug).join(", ") || "none"}.`,
    );
  const stored = readStoredConfig(row);
  if (!stored.ok) throw new ScriptError(`${slug} cannot be used. ${written(stored.damage)}`);
  return stored.config;
}
