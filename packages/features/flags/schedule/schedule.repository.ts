import { sqlState, UNIQUE_VIOLATION } from "@calcom/lib/sql";
import { execute, type Pool, queryRows, type SqlRunner, withActor } from "../../experiments/sql";
import type { HostId } from "../../experiments/types";
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
  readonly #pool: Pool;

  constructor({ pool }: { pool: Pool }) {
    this.#pool = pool;
  }

  async list(slug: string): Promise<ScheduledChange[]> {
    return (await queryRows<Listed>(this.#pool, LIST, [slug])).map(toScheduled);
  }

  /** By the database's clock. Null where there is no flag to plan for: it is gone, or an experiment. */
  async isLater(slug: string, at: string): Promise<boolean | null> {
    const [row] = await queryRows<{ isLater: boolean }>(this.#pool, IS_LATER, [slug, at]);
    return row?.isLater ?? null;
  }

  add(actorId: HostId, slug: string, at: string, change: FlagChange): Promise<PlanAnswer> {
    return this.#plan(actorId, { slug, at, change, seen: null }, (transaction) =>
      execute(transaction, ADD, [slug, at, ...columnsOf(change), actorId], LIMIT_MS),
    );
  }

  /** The change then belongs to the person who edited it. A canceled change is scheduled again. */
  update(actorId: HostId, slug: string, seen: Seen, at: string, change: FlagChange): Promise<PlanAnswer> {
    return this.#plan(actorId, { slug, at, change, seen }, (transaction) =>
      execute(transaction, UPDATE, [slug, at, ...columnsOf(change), actorId, seen.id], LIMIT_MS),
    );
  }

  remove(actorId: HostId, slug: string, seen: Seen): Promise<"removed" | SeenAnswer> {
    return withActor(this.#pool, actorId, async (transaction) => {
      const refused = await findRefused(transaction, slug, seen);
      if (refused !== null) return refused;
      await execute(transaction, REMOVE, [slug, seen.id], LIMIT_MS);
      return "removed";
    });
  }

  /** Whoever plans for the same flag waits, so that no two of them are the last one that there may be. */
  #plan(
    actorId: HostId,
    { slug, at, change, seen }: { slug: string; at: string; change: FlagChange; seen: Seen | null },
    write: (transaction: SqlRunner) => Promise<number>,
  ): Promise<PlanAnswer> {
    const planned = withActor(this.#pool, actorId, async (transaction): Promise<PlanAnswer> => {
      const ask = (sql: string, values: unknown[]) => queryRows(transaction, sql, values, LIMIT_MS);
      if ((await ask(HOLD, [slug])).length === 0) return "no_flag";
      const refused = seen && (await findRefused(transaction, slug, seen));
      if (refused !== null) return refused;
      const id = seen?.id ?? null;
      if ((await ask(OTHERS, [slug, id])).length >= MOST_SCHEDULED) return "too_many";
      const [enabled] = columnsOf(change);
      if ((await ask(SAME_TIME, [slug, id, at, enabled])).length > 0) return "same_time";
      await write(transaction);
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
  transaction: SqlRunner,
  slug: string,
  { id, version }: Seen,
): Promise<SeenAnswer | null> {
  const [now] = await queryRows<{ version: number }>(transaction, VERSION, [slug, id], LIMIT_MS);
  if (now === undefined) return "no_change";
  return now.version === version ? null : "stale";
}

/** The runner may hold the flag for a while. */
const LIMIT_MS = 15_000;

interface Listed extends StoredChange {
  id: number;
  version: number;
  at: Date;
  plannerId: HostId | null;
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
