import { execute, type Pool, queryRows, type SqlRunner, withActor } from "../../experiments/sql";
import type { HostId } from "../../experiments/types";
import { ROLL_OUT } from "../rollout-sql";
import { type DropReason, type FlagChange, readChange, type StoredChange } from "./types";

export interface DueFlag {
  slug: string;
  /** The people who planned the changes that are due; null for an account that was deleted. */
  planners: (HostId | null)[];
}

export interface CarriedOut {
  change: FlagChange;
  /** Null where it was done, also where nothing was left to do. */
  dropped: DropReason | null;
}

/** Carries out what is due, by the database's clock. */
export class DueChangesRepository {
  readonly #pool: Pool;

  constructor({ pool }: { pool: Pool }) {
    this.#pool = pool;
  }

  /** What was `refused` before comes last: a hundred of those keep no other flag from its time. */
  findDue(refused: readonly string[] = []): Promise<DueFlag[]> {
    return queryRows<DueFlag>(this.#pool, DUE_FLAGS, [refused]);
  }

  /** Deletes dropped changes that the list has shown for long enough. */
  async forgetDropped(): Promise<void> {
    await execute(this.#pool, FORGET, []);
  }

  /**
   * All that is due for one flag, in its order and in one transaction: nobody sees what a later change undoes. Nothing
   * where somebody else is at it, and nothing of those whom `mayPlan` does not know yet.
   */
  carryOut(slug: string, mayPlan: ReadonlyMap<HostId | null, boolean>): Promise<CarriedOut[]> {
    return withActor(this.#pool, null, async (transaction) => {
      const [flag] = await queryRows<{ isExperiment: boolean }>(transaction, TAKE, [slug]);
      if (flag === undefined) return [];
      await queryRows(transaction, "SELECT set_config('calcom.is_scheduled', 'true', true)");
      const done: CarriedOut[] = [];
      for (const due of await queryRows<Due>(transaction, DUE, [slug], LIMIT_MS)) {
        const isAllowed = mayPlan.get(due.plannedBy);
        if (isAllowed === undefined) break;
        const dropped = flag.isExperiment ? "converted" : isAllowed ? null : "not_allowed";
        if (dropped === null) await apply(transaction, slug, due);
        else await execute(transaction, DROP, [due.id, dropped], LIMIT_MS);
        done.push({ change: readChange(due), dropped });
      }
      return done;
    });
  }
}

interface Due extends StoredChange {
  id: number;
  plannedBy: HostId | null;
}

/** In the name of the person who planned it. */
async function apply(transaction: SqlRunner, slug: string, due: Due): Promise<void> {
  await nameActor(transaction, due.plannedBy);
  const run = (sql: string, values: unknown[]) => execute(transaction, sql, values, LIMIT_MS);
  if (due.enabled !== null) await run(SWITCH, [slug, due.enabled, due.plannedBy]);
  else await run(ROLL_OUT, [slug, due.rolloutPercentage, due.rolloutUnit, due.plannedBy]);
  await run(`DELETE FROM "ScheduledFlagChange" WHERE "id" = $1::int`, [due.id]);
  await nameActor(transaction, null);
}

/** In the name of whom the rest of the transaction acts. */
async function nameActor(transaction: SqlRunner, actorId: HostId | null): Promise<void> {
  await queryRows(transaction, "SELECT set_config('calcom.actor_id', $1, true)", [String(actorId ?? "")]);
}

/** Whoever edits a plan holds it for a moment. */
const LIMIT_MS = 5_000;

/** The most flags of one run; the next one takes the others. */
const MOST_FLAGS = 100;
const DUE_FLAGS = `
  SELECT "flagSlug" AS "slug", array_agg(DISTINCT "plannedBy") AS "planners" FROM "ScheduledFlagChange"
  WHERE "dropped" IS NULL AND "at" <= clock_timestamp()
  GROUP BY "flagSlug" ORDER BY "flagSlug" = ANY($1::text[]), min("at"), "flagSlug" LIMIT ${MOST_FLAGS}`;

/** A change of the flag at this moment goes first; the next run does what is left. */
const TAKE = `
  SELECT "type" IS NOT DISTINCT FROM 'EXPERIMENT' AS "isExperiment" FROM "Feature" WHERE "slug" = $1 FOR NO KEY UPDATE SKIP LOCKED`;
const DUE = `
  SELECT "id", "enabled", "rolloutPercentage", "rolloutUnit", "plannedBy" FROM "ScheduledFlagChange"
  WHERE "flagSlug" = $1 AND "dropped" IS NULL AND "at" <= clock_timestamp() ORDER BY "at", "id" FOR UPDATE`;
const SWITCH = `
  UPDATE "Feature" SET "enabled" = $2::boolean, "updatedBy" = $3
  WHERE "slug" = $1 AND "type" IS DISTINCT FROM 'EXPERIMENT' AND "enabled" IS DISTINCT FROM $2::boolean`;
const DROP = `
  UPDATE "ScheduledFlagChange" SET "dropped" = $2::text, "droppedAt" = clock_timestamp() WHERE "id" = $1::int`;
const FORGET = `DELETE FROM "ScheduledFlagChange" WHERE "droppedAt" < clock_timestamp() - interval '30 days'`;
