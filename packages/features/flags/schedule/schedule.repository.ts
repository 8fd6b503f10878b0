import { sqlState, UNIQUE_VIOLATION } from "@calcom/lib/sql";
import type { Database, Prisma } from "@calcom/prisma";
import { withActor } from "../with-actor.repository";
import { ADD, HOLD, IS_LATER, LIST, OTHERS, REMOVE, SAME_TIME, UPDATE, VERSION } from "./schedule-sql";
import {
  type DropReason,
  type FlagChange,
  MOST_SCHEDULED,
  readChange,
  type ScheduledChange,
  type StoredChange,
  storedChange,
} from "./types";

/**
 * What came of a plan: `no_flag` where the flag has become something else meanwhile, `no_change` where that is gone,
 * `stale` where somebody has changed it since, `same_time` where another of its kind is planned for that time.
 */
export type PlanAnswer = "planned" | "no_flag" | "too_many" | "same_time" | SeenAnswer;
type SeenAnswer = "no_change" | "stale";

/** A change that somebody saw. */
interface Seen {
  id: number;
  version: number;
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

  /** By the database's clock. Null where there is no flag to plan for: it is gone, or an experiment. */
  async isLater(slug: string, at: string): Promise<boolean | null> {
    const { rows } = await this.#database.pool.query<{ isLater: boolean }>(IS_LATER, [slug, at]);
    return rows[0]?.isLater ?? null;
  }

  add(actorId: number, slug: string, at: string, change: FlagChange): Promise<PlanAnswer> {
    return this.#plan(actorId, { slug, at, change, seen: null }, (tx) =>
      tx.$executeRawUnsafe(ADD, slug, at, ...columnsOf(change), actorId),
    );
  }

  /** The change then belongs to the person who edited it. A canceled change is scheduled again. */
  update(actorId: number, slug: string, seen: Seen, at: string, change: FlagChange): Promise<PlanAnswer> {
    return this.#plan(actorId, { slug, at, change, seen }, (tx) =>
      tx.$executeRawUnsafe(UPDATE, slug, at, ...columnsOf(change), actorId, seen.id),
    );
  }

  remove(actorId: number, slug: string, seen: Seen): Promise<"removed" | SeenAnswer> {
    return withActor(this.#database, actorId, async (tx) => {
      const refused = await findRefused(tx, slug, seen);
      if (refused !== null) return refused;
      await tx.$executeRawUnsafe(REMOVE, slug, seen.id);
      return "removed";
    });
  }

  /** Whoever plans for the same flag waits, so that no two of them are the last one that there may be. */
  #plan(
    actorId: number,
    { slug, at, change, seen }: { slug: string; at: string; change: FlagChange; seen: Seen | null },
    write: (tx: Prisma.TransactionClient) => Promise<number>,
  ): Promise<PlanAnswer> {
    const planned = withActor(this.#database, actorId, async (tx): Promise<PlanAnswer> => {
      const found = await tx.$queryRawUnsafe<unknown[]>(HOLD, slug);
      if (found.length === 0) return "no_flag";
      const refused = seen && (await findRefused(tx, slug, seen));
      if (refused !== null) return refused;
      const id = seen?.id ?? null;
      const others = await tx.$queryRawUnsafe<unknown[]>(OTHERS, slug, id);
      if (others.length >= MOST_SCHEDULED) return "too_many";
      const [enabled] = columnsOf(change);
      const same = await tx.$queryRawUnsafe<unknown[]>(SAME_TIME, slug, id, at, enabled);
      if (same.length > 0) return "same_time";
      await write(tx);
      return "planned";
    });
    return planned.catch((error: unknown) => {
      // Somebody has planned it by hand, in SQL that does not wait for the flag.
      if (sqlState(error) === UNIQUE_VIOLATION) return "same_time";
      throw error;
    });
  }
}

/** Holds the change, so that nobody else changes it before the end of the transaction. */
async function findRefused(
  tx: Prisma.TransactionClient,
  slug: string,
  { id, version }: Seen,
): Promise<SeenAnswer | null> {
  const [now] = await tx.$queryRawUnsafe<{ version: number }[]>(VERSION, slug, id);
  if (now === undefined) return "no_change";
  return now.version === version ? null : "stale";
}

interface Listed extends StoredChange {
  id: number;
  version: number;
  at: Date;
  plannerId: number | null;
  plannerName: string | null;
  dropped: DropReason | null;
  droppedAt: Date | null;
}

function toScheduled({
  id,
  version,
  at,
  plannerId,
  plannerName,
  dropped,
  droppedAt,
  ...stored
}: Listed): ScheduledChange {
  return {
    id,
    version,
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
