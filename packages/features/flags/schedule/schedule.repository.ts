import type { Database, Prisma } from "@calcom/prisma";
import { withActor } from "../with-actor.repository";
import { ADD, HOLD, IS_LATER, LIST, OTHERS, REMOVE, UPDATE } from "./schedule-sql";
import {
  type DropReason,
  type FlagChange,
  MOST_SCHEDULED,
  readChange,
  type ScheduledChange,
  type StoredChange,
  storedChange,
} from "./types";

/** What came of a plan: `no_flag` where the flag has become something else meanwhile, `no_change` where that is gone. */
export type PlanAnswer = "planned" | "no_flag" | "no_change" | "too_many";

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
    return this.#plan(actorId, slug, null, (tx) =>
      tx.$executeRawUnsafe(ADD, slug, at, ...columnsOf(change), actorId),
    );
  }

  /** The change then belongs to the person who edited it. A canceled change is scheduled again. */
  update(actorId: number, slug: string, id: number, at: string, change: FlagChange): Promise<PlanAnswer> {
    return this.#plan(actorId, slug, id, (tx) =>
      tx.$executeRawUnsafe(UPDATE, slug, at, ...columnsOf(change), actorId, id),
    );
  }

  async remove(actorId: number, slug: string, id: number): Promise<boolean> {
    const count = await withActor(this.#database, actorId, (tx) => tx.$executeRawUnsafe(REMOVE, slug, id));
    return count > 0;
  }

  /** Whoever plans for the same flag waits, so that no two of them are the last one that there may be. */
  #plan(
    actorId: number,
    slug: string,
    id: number | null,
    write: (tx: Prisma.TransactionClient) => Promise<number>,
  ): Promise<PlanAnswer> {
    return withActor(this.#database, actorId, async (tx) => {
      const found = await tx.$queryRawUnsafe<unknown[]>(HOLD, slug);
      if (found.length === 0) return "no_flag";
      const others = await tx.$queryRawUnsafe<unknown[]>(OTHERS, slug, id);
      if (others.length >= MOST_SCHEDULED) return "too_many";
      return (await write(tx)) > 0 ? "planned" : "no_change";
    });
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
