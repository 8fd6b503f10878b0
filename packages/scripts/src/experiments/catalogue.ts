import type { Json, Status, Unit } from "@calcom/features/experiments";
import { readStoredConfig, type StoredFeature } from "@calcom/features/experiments/utils";
import { written } from "@calcom/lib/sentence";
import pg from "pg";
import { openDatabaseToRead } from "../lib/app-database";
import { loadDotEnv } from "../lib/dot-env";
import { readExperiments } from "../lib/stored-experiments";

/** An experiment as code sees it. */
export interface CataloguedExperiment {
  slug: string;
  name: string;
  status: Status;
  unit: Unit;
  control: string;
  /** In the order of the configuration. */
  variants: { name: string; payload: Json | null }[];
  winner: string | null;
  endedAt: string | null;
  /** It was a flag, which answers again once it is over without a winner. */
  wasFlag?: boolean;
}

export interface Catalogue {
  /** By slug, in code-unit order: the same on every machine. */
  experiments: CataloguedExperiment[];
  /** Experiments whose stored configuration cannot be read, and why. */
  damaged: { slug: string; damage: string }[];
}

/** The variant that everybody sees of an experiment that is over; null while they differ. */
export function shownOf({ status, winner, control, wasFlag }: CataloguedExperiment): string | null {
  if (status !== "concluded" && status !== "archived") return null;
  return winner ?? (wasFlag ? null : control);
}

/**
 * Reads the experiments of the database of DATABASE_URL, or of the embedded one. Nothing is changed.
 *
 * @throws ScriptError if there is none
 */
export async function loadCatalogue(): Promise<Catalogue> {
  loadDotEnv();
  const opened = await openDatabaseToRead();
  try {
    return await readCatalogue(opened.url);
  } finally {
    await opened.stop();
  }
}

async function readCatalogue(connectionString: string): Promise<Catalogue> {
  const client = new pg.Client({ connectionString, query_timeout: 30_000 });
  client.on("error", () => {}); // the query that it breaks tells
  await client.connect();
  try {
    return catalogueOf(await readExperiments(client));
  } finally {
    await client.end();
  }
}

export function catalogueOf(rows: StoredFeature[]): Catalogue {
  const catalogue: Catalogue = { experiments: [], damaged: [] };
  for (const row of rows.toSorted((a, b) => (a.slug < b.slug ? -1 : 1))) {
    const stored = readStoredConfig(row);
    if (!stored.ok) {
      catalogue.damaged.push({ slug: row.slug, damage: written(stored.damage) });
      continue;
    }
    const { name, status, unit, control, variants, winnerVariant, endedAt, convertedFrom } = stored.config;
    catalogue.experiments.push({
      slug: row.slug,
      name,
      status,
      unit,
      control,
      variants: variants.map((variant) => ({ name: variant.name, payload: variant.payload ?? null })),
      winner: winnerVariant,
      endedAt,
      ...(convertedFrom !== null && { wasFlag: true }),
    });
  }
  return catalogue;
}
