import "server-only";
import { loadExperiments } from "@calcom/features/experiments/server";
import { expectedMigrations } from "@calcom/lib/env-of-build";
import { within } from "@calcom/lib/within";
import { database } from "@calcom/prisma";
import { serving } from "./state";

/** What a server needs before it may take traffic, in the order in which it is asked. */
export type Part = "running" | "database" | "migrations" | "configurations";

const WITHIN_MS = 1_000;
/** Balancers ask often, and anybody may: all who ask at once share one look. */
let look: Promise<Part | null> | null = null;

/** The part that is missing; null where this server is ready. */
export function findMissingPart(): Promise<Part | null> {
  if (serving.isLeaving) return Promise.resolve("running");
  look ??= findNow().finally(() => {
    look = null;
  });
  return look;
}

async function findNow(): Promise<Part | null> {
  const missing = async (): Promise<Part | null> => {
    const applied = await readMigrations().catch(() => null);
    if (applied === null) return "database";
    if (expectedMigrations().some((name) => !applied.has(name))) return "migrations";
    return loadExperiments().then(
      () => null,
      () => "configurations",
    );
  };
  return within(WITHIN_MS, missing(), () => new Error("It took too long.")).catch((): Part => "database");
}

/** Those that were applied. Also asks whether the database answers. */
async function readMigrations(): Promise<Set<string>> {
  const { pool } = database();
  const { rows } = await pool.query<{ name: string }>({
    text: "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
    query_timeout: WITHIN_MS,
  } as { text: string });
  return new Set(rows.map(({ name }) => name));
}
