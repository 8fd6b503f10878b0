import type { Database } from "@calcom/prisma";
import { withActor } from "../with-actor.repository";
import {
  type DropReason,
  type FlagChange,
  readChange,
  type ScheduledChange,
  type StoredChange,
  storedChange,
} from "./types";

/** Null where there is no flag to plan for: it is gone, or an experiment. */
export interface Planning {
  /** By the database's clock. */
  isLater: boolean;
  planned: number;
}

/** Stores what is planned for flags. The tables are locked in the order of the runner: first the flag. */
export class FlagScheduleRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async list(slug: string): Promise<ScheduledChange[]> {
    const { rows } = await this.#database.pool.query<Listed>(LIST, [slug]);
    return rows.map(toScheduled);
  }

  async planningOf(slug: string, at: string): Promise<Planning | null> {
    const { rows } = await this.#database.pool.query<Planning>(PLANNING, [slug, at]);
    return rows[0] ?? null;
  }

  /** False where the flag has become something else meanwhile. */
  add(actorId: number, slug: string, at: string, change: FlagChange): Promise<boolean> {
    return this.#ofPlainFlag(actorId, slug, ADD, [slug, at, ...columnsOf(change), actorId]);
  }

  /** The plan then belongs to the person who changed it. A dropped change is planned again. */
  update(actorId: number, slug: string, id: number, at: string, change: FlagChange): Promise<boolean> {
    return this.#ofPlainFlag(actorId, slug, UPDATE, [slug, at, ...columnsOf(change), actorId, id]);
  }

  async remove(actorId: number, slug: string, id: number): Promise<boolean> {
    const count = await withActor(this.#database, actorId, (tx) => tx.$executeRawUnsafe(REMOVE, slug, id));
    return count > 0;
  }

  async #ofPlainFlag(actorId: number, slug: string, statement: string, values: unknown[]): Promise<boolean> {
    const count = await withActor(this.#database, actorId, async (tx) => {
      const found = await tx.$queryRawUnsafe<unknown[]>(HOLD, slug);
      return found.length === 0 ? 0 : tx.$executeRawUnsafe(statement, ...values);
    });
    return count > 0;
  }
}

interface Listed extends StoredChange {
  id: number;
  at: Date;
  plannerId: number | null;
  plannerName: string | null;
  dropped: DropReason | null;
  droppedAt: Date | null;
}

function toScheduled({
  id,
  at,
  plannerId,
  plannerName,
  dropped,
  droppedAt,
  ...stored
}: Listed): ScheduledChange {
  return {
    id,
    at,
    change: readChange(stored),
    plannedBy: plannerId === null ? null : { id: plannerId, name: plannerName ?? "" },
    dropped: dropped === null || droppedAt === null ? null : { reason: dropped, at: droppedAt },
  };
}

function columnsOf(change: FlagChange): [boolean | null, number | null, string | null] {
  const { enabled, rolloutPercentage, rolloutUnit } = storedChange(change);
  return [enabled, rolloutPercentage, rolloutUnit];
}

/** More were planned by hand, or dropped again and again. */
const MOST_LISTED = 100;
const LIST = `
  SELECT scheduled."id", scheduled."at", scheduled."enabled", scheduled."rolloutPercentage", scheduled."rolloutUnit",
    scheduled."dropped", scheduled."droppedAt", planner."id" AS "plannerId", planner."name" AS "plannerName"
  FROM "ScheduledFlagChange" AS scheduled LEFT JOIN "User" AS planner ON planner."id" = scheduled."plannedBy"
  WHERE scheduled."flagSlug" = $1
  ORDER BY scheduled."droppedAt" DESC NULLS FIRST, scheduled."at", scheduled."id" LIMIT ${MOST_LISTED}`;

const PLANNING = `
  SELECT $2::timestamptz > clock_timestamp() AS "isLater", (
    SELECT count(*)::int FROM "ScheduledFlagChange" WHERE "flagSlug" = $1 AND "dropped" IS NULL) AS "planned"
  FROM "Feature" WHERE "slug" = $1 AND "type" <> 'EXPERIMENT'`;

/** A conversion of the flag waits for this lock, and then drops what was planned meanwhile. */
const HOLD = `SELECT "slug" FROM "Feature" WHERE "slug" = $1 AND "type" <> 'EXPERIMENT' FOR SHARE`;

const ADD = `
  INSERT INTO "ScheduledFlagChange" ("flagSlug", "at", "enabled", "rolloutPercentage", "rolloutUnit", "plannedBy")
  VALUES ($1, $2::timestamptz, $3::boolean, $4::float8, $5::text, $6::int)`;
const UPDATE = `
  UPDATE "ScheduledFlagChange" SET "at" = $2::timestamptz, "enabled" = $3::boolean, "rolloutPercentage" = $4::float8,
    "rolloutUnit" = $5::text, "plannedBy" = $6::int, "plannedAt" = clock_timestamp(), "dropped" = NULL, "droppedAt" = NULL
  WHERE "flagSlug" = $1 AND "id" = $7::int`;
const REMOVE = `DELETE FROM "ScheduledFlagChange" WHERE "flagSlug" = $1 AND "id" = $2::int`;
