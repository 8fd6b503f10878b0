import type { Database, Prisma } from "@calcom/prisma";
import { ROLL_OUT } from "../rollout-sql";
import { nameActor, withActor } from "../with-actor.repository";
import { type DropReason, type FlagChange, readChange, type StoredChange } from "./types";

export interface DueFlag {
  slug: string;
  /** The people who planned the changes that are due; null for an account that was deleted. */
  planners: (number | null)[];
}

export interface CarriedOut {
  change: FlagChange;
  /** Null where it was done, also where nothing was left to do. */
  dropped: DropReason | null;
}

/** Carries out what is due, by the database's clock. */
export class DueChangesRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async findDue(): Promise<DueFlag[]> {
    const { rows } = await this.#database.pool.query<DueFlag>(DUE_FLAGS);
    return rows;
  }

  /** Deletes dropped changes that the list has shown for long enough. */
  async forgetDropped(): Promise<void> {
    await this.#database.pool.query(FORGET);
  }

  /**
   * All that is due for one flag, in its order and in one transaction: nobody sees what a later change undoes. Nothing
   * where somebody else is at it, and nothing of those whom `mayPlan` does not know yet.
   */
  carryOut(slug: string, mayPlan: ReadonlyMap<number | null, boolean>): Promise<CarriedOut[]> {
    return withActor(this.#database, null, async (tx) => {
      const [flag] = await tx.$queryRawUnsafe<{ isExperiment: boolean }[]>(TAKE, slug);
      if (flag === undefined) return [];
      await tx.$queryRaw`SELECT set_config('calcom.is_scheduled', 'true', true)`;
      const done: CarriedOut[] = [];
      for (const due of await tx.$queryRawUnsafe<Due[]>(DUE, slug)) {
        const isAllowed = mayPlan.get(due.plannedBy);
        if (isAllowed === undefined) break;
        const dropped = flag.isExperiment ? "converted" : isAllowed ? null : "not_allowed";
        if (dropped === null) await apply(tx, slug, due);
        else await tx.$executeRawUnsafe(DROP, due.id, dropped);
        done.push({ change: readChange(due), dropped });
      }
      return done;
    });
  }
}

interface Due extends StoredChange {
  id: number;
  plannedBy: number | null;
}

/** In the name of the person who planned it. */
async function apply(tx: Prisma.TransactionClient, slug: string, due: Due): Promise<void> {
  await nameActor(tx, due.plannedBy);
  if (due.enabled !== null) await tx.$executeRawUnsafe(SWITCH, slug, due.enabled, due.plannedBy);
  else await tx.$executeRawUnsafe(ROLL_OUT, slug, due.rolloutPercentage, due.rolloutUnit, due.plannedBy);
  await tx.$executeRawUnsafe(`DELETE FROM "ScheduledFlagChange" WHERE "id" = $1::int`, due.id);
  await nameActor(tx, null);
}

/** The most flags of one run; the next one takes the others. */
const MOST_FLAGS = 100;
const DUE_FLAGS = `
  SELECT "flagSlug" AS "slug", array_agg(DISTINCT "plannedBy") AS "planners" FROM "ScheduledFlagChange"
  WHERE "dropped" IS NULL AND "at" <= clock_timestamp()
  GROUP BY "flagSlug" ORDER BY min("at"), "flagSlug" LIMIT ${MOST_FLAGS}`;

/** A change of the flag at this moment goes first; the next run does what is left. */
const TAKE = `
  SELECT "type" = 'EXPERIMENT' AS "isExperiment" FROM "Feature" WHERE "slug" = $1 FOR NO KEY UPDATE SKIP LOCKED`;
const DUE = `
  SELECT "id", "enabled", "rolloutPercentage", "rolloutUnit", "plannedBy" FROM "ScheduledFlagChange"
  WHERE "flagSlug" = $1 AND "dropped" IS NULL AND "at" <= clock_timestamp() ORDER BY "at", "id" FOR UPDATE`;
const SWITCH = `
  UPDATE "Feature" SET "enabled" = $2::boolean, "updatedBy" = $3::int
  WHERE "slug" = $1 AND "type" <> 'EXPERIMENT' AND "enabled" <> $2::boolean`;
const DROP = `
  UPDATE "ScheduledFlagChange" SET "dropped" = $2::text, "droppedAt" = clock_timestamp() WHERE "id" = $1::int`;
const FORGET = `DELETE FROM "ScheduledFlagChange" WHERE "droppedAt" < clock_timestamp() - interval '30 days'`;
