import { containing } from "@calcom/lib/sql";
import type { ConfigSource, StoredExperiment } from "./lib/server/config-cache";
import { type Pool, type SqlRunner, select, withActor } from "./lib/server/sql";
import { statusSql } from "./lib/server/status-sql";
import type { Epoch, ExperimentConfig, ListSort, Status, Unit } from "./types";

export interface ExperimentRow extends StoredExperiment {
  description: string;
  updatedAt: Date;
  updatedById: number | null;
  updatedByName: string | null;
  ownerId: number | null;
  ownerName: string | null;
  assignments: number;
  /** First exposures of the last 24 hours. */
  recentExposures: number;
  /** Whether the newest result doubts the split. */
  isSplitOff: boolean;
}

export interface ListFilter {
  search?: string | undefined;
  status?: Status | undefined;
  unit?: Unit | undefined;
  ownerId?: number | undefined;
  sort?: ListSort | undefined;
  limit: number;
  offset: number;
}

/** What a transaction may do with one experiment that it has locked. */
export interface ExperimentTransaction {
  /** Null where the row has another version by now, or is gone: nothing was written. */
  save(slug: string, version: number, change: ConfigChange): Promise<number | null>;
  openEpoch(slug: string, config: ExperimentConfig): Promise<void>;
  closeEpoch(slug: string): Promise<void>;
  variantsWithRows(slug: string): Promise<string[]>;
}

export interface DueStep {
  slug: string;
  version: number;
  step: "start" | "pause" | "miss";
}

export interface ConfigChange {
  config: ExperimentConfig;
  description: string;
}

/** Experiments as rows of `Feature`, with their epochs. */
export class ExperimentsRepository implements ConfigSource {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  loadAll(): Promise<StoredExperiment[]> {
    return select(this.#pool, `${STORED} WHERE "type" = 'EXPERIMENT'`);
  }

  loadMany(slugs: string[]): Promise<StoredExperiment[]> {
    return select(this.#pool, `${STORED} WHERE "type" = 'EXPERIMENT' AND "slug" = ANY($1)`, [slugs]);
  }

  async versions(): Promise<Map<string, number>> {
    const rows = await select<{ slug: string; version: number }>(
      this.#pool,
      `SELECT "slug", "version" FROM "Feature" WHERE "type" = 'EXPERIMENT'`,
    );
    return new Map(rows.map(({ slug, version }) => [slug, version]));
  }

  async changeCount(): Promise<string> {
    const [row] = await select<{ value: string }>(this.#pool, `SELECT "value" FROM "ConfigEpoch"`);
    return row?.value ?? "";
  }

  /** One page with the number of all that match and all owners, in one statement. */
  async list(filter: ListFilter): Promise<{
    rows: ExperimentRow[];
    total: number;
    owners: { id: number; name: string }[];
  }> {
    const order = ORDERS[filter.sort ?? "changed"];
    // Counting the subjects of 5,000 experiments to show 25 would be a waste, except where they give the order.
    const isByCount = filter.sort === "subjects";
    const [found] = await select<{ rows: ListedRow[] | null; total: number; owners: Owner[] }>(
      this.#pool,
      `WITH matching AS MATERIALIZED (
         SELECT feature."slug", feature."updatedAt", feature."createdAt",
           lower(coalesce(feature."metadata" ->> 'name', feature."slug")) AS name
           ${isByCount ? `, ${SUBJECTS_OF("feature")} AS subjects` : ""}
         FROM "Feature" AS feature
         WHERE feature."type" = 'EXPERIMENT'
           AND ($1::text IS NULL OR feature."slug" ILIKE $1 OR feature."metadata" ->> 'name' ILIKE $1)
           AND ($2::text IS NULL OR ${statusSql("feature")} = $2)
           AND ($3::text IS NULL OR coalesce(feature."metadata" ->> 'unit', 'user') = $3)
           AND ($4::text IS NULL OR feature."metadata" ->> 'ownerId' = $4)
       ), page AS (
         SELECT "slug", row_number() OVER (ORDER BY ${order}) AS position
         FROM matching ORDER BY ${order} LIMIT $5 OFFSET $6
       )
       SELECT (SELECT count(*)::int FROM matching) AS total,
         (SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('id', owner."id", 'name', owner."name")), '[]')
          FROM "Feature" AS feature JOIN "User" AS owner ON owner."id"::text = feature."metadata" ->> 'ownerId'
          WHERE feature."type" = 'EXPERIMENT') AS owners,
         (SELECT jsonb_agg(to_jsonb(listed) ORDER BY listed.position) FROM (
           ${DESCRIBED}, ${SUBJECTS_OF("page")} AS assignments,
             ${recentExposuresOf('page."slug"')} AS "recentExposures",
             ${isSplitOffOf('page."slug"')} AS "isSplitOff", page.position
           FROM ${FEATURE_AND_PEOPLE} JOIN page ON page."slug" = feature."slug"
         ) AS listed) AS rows`,
      [
        filter.search ? containing(filter.search) : null,
        filter.status ?? null,
        filter.unit ?? null,
        filter.ownerId === undefined ? null : String(filter.ownerId),
        filter.limit,
        filter.offset,
      ],
    );
    const { rows, total = 0, owners = [] } = found ?? {};
    return {
      rows: (rows ?? []).map(({ position, ...row }) => ({ ...row, updatedAt: new Date(row.updatedAt) })),
      total,
      owners: owners.sort((a, b) => a.name.localeCompare(b.name) || a.id - b.id),
    };
  }

  async find(slug: string): Promise<ExperimentRow | null> {
    const [row] = await select<ExperimentRow>(
      this.#pool,
      // Of the parameter, and not of the row: only of a value does the planner know how many subjects it has, and in a
      // table with one large experiment it would read all rows for a small one.
      `SELECT page.*, (SELECT count(*)::int FROM "ExperimentVariant" WHERE "experimentSlug" = $1) AS assignments,
         ${recentExposuresOf("$1")} AS "recentExposures",
         ${isSplitOffOf("$1")} AS "isSplitOff" FROM (
         ${DESCRIBED} FROM ${FEATURE_AND_PEOPLE} WHERE feature."type" = 'EXPERIMENT' AND feature."slug" = $1
       ) AS page`,
      [slug],
    );
    return row ?? null;
  }

  /** What the schedule asks for by now, by the database's clock. */
  dueSteps(): Promise<DueStep[]> {
    return select(this.#pool, DUE);
  }

  epochs(slug: string): Promise<Epoch[]> {
    return select(
      this.#pool,
      `SELECT "number", "weights", "trafficPercentage"::float8 AS "trafficPercentage", "startedAt", "endedAt"
       FROM "ExperimentEpoch" WHERE "experimentSlug" = $1 ORDER BY "number"`,
      [slug],
    );
  }

  /** The units of the other experiments that name one of these exclusion groups. */
  unitsInGroups(
    groups: string[],
    exceptSlug: string,
  ): Promise<{ slug: string; unit: Unit; group: string }[]> {
    return select(
      this.#pool,
      `SELECT feature."slug", feature."metadata" ->> 'unit' AS unit, member ->> 'name' AS "group"
       FROM "Feature" AS feature, jsonb_array_elements(
         CASE jsonb_typeof(feature."metadata" -> 'exclusionGroups')
           WHEN 'array' THEN feature."metadata" -> 'exclusionGroups' ELSE '[]' END
       ) AS member
       WHERE feature."type" = 'EXPERIMENT' AND feature."slug" <> $2 AND member ->> 'name' = ANY($1)`,
      [groups, exceptSlug],
    );
  }

  create(actorId: number, slug: string, { config, description }: ConfigChange): Promise<void> {
    return withActor(this.#pool, actorId, async (transaction) => {
      await select(
        transaction,
        `INSERT INTO "Feature" ("slug", "type", "enabled", "description", "metadata", "updatedBy")
         VALUES ($1, 'EXPERIMENT', $2, $3, $4, $5)`,
        [slug, config.status === "running", description, JSON.stringify(config), actorId],
      );
    });
  }

  /** All or nothing, in the name of the actor. */
  change<Result>(
    actorId: number | null,
    run: (transaction: ExperimentTransaction) => Promise<Result>,
  ): Promise<Result> {
    return withActor(this.#pool, actorId, (transaction) => run(changesOn(transaction, actorId)));
  }

  /** Takes assignments, conversions, epochs and results along. False where the row has another version by now. */
  async delete(actorId: number, slug: string, version: number): Promise<boolean> {
    const deleted = await withActor(this.#pool, actorId, (transaction) =>
      select(
        transaction,
        `DELETE FROM "Feature" WHERE "slug" = $1 AND "version" = $2 AND "type" = 'EXPERIMENT' RETURNING "slug"`,
        [slug, version],
        DELETE_TIMEOUT_MS,
      ),
    );
    return deleted.length > 0;
  }

  async countData(slug: string): Promise<{ assignments: number; conversions: number }> {
    const [row] = await select<{ assignments: number; conversions: number }>(
      this.#pool,
      `SELECT count(DISTINCT assignment."id")::int AS assignments, count(conversion."id")::int AS conversions
       FROM "ExperimentVariant" AS assignment
       LEFT JOIN "ExperimentConversion" AS conversion ON conversion."assignmentId" = assignment."id"
       WHERE assignment."experimentSlug" = $1`,
      [slug],
    );
    return row ?? { assignments: 0, conversions: 0 };
  }
}

/** An experiment with millions of rows takes its time to go. */
const DELETE_TIMEOUT_MS = 120_000;

/** Null for what somebody has put there by hand and is no moment: it shall not stop the schedules of all others. */
const MOMENT = (
  name: string,
) => `CASE WHEN "metadata" #>> '{schedule,${name}}' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:'
  THEN ("metadata" #>> '{schedule,${name}}')::timestamptz END`;

// A start that is overdue together with its end never happens: nobody would be taken in for a fraction of a second.
const DUE = `SELECT * FROM (
    SELECT "slug", "version", CASE
      WHEN "metadata" ->> 'status' = 'draft' AND starts."at" <= now() THEN
        CASE WHEN stops."at" <= now() THEN 'miss' ELSE 'start' END
      WHEN "metadata" ->> 'status' = 'running' AND stops."at" <= now() THEN 'pause'
    END AS "step"
    FROM "Feature",
      LATERAL (SELECT ${MOMENT("startAt")} AS "at") AS starts,
      LATERAL (SELECT ${MOMENT("stopAt")} AS "at") AS stops
    WHERE "type" = 'EXPERIMENT' AND jsonb_typeof("metadata" -> 'schedule') = 'object'
  ) AS scheduled WHERE "step" IS NOT NULL ORDER BY "slug" LIMIT 100`;

const STORED = `SELECT "slug", "enabled", "metadata", "version" FROM "Feature"`;

const DESCRIBED = `SELECT feature."slug", feature."enabled", feature."metadata", feature."version",
  coalesce(feature."description", '') AS description, feature."updatedAt", feature."updatedBy" AS "updatedById",
  editor."name" AS "updatedByName", owner."id" AS "ownerId", owner."name" AS "ownerName"`;

const FEATURE_AND_PEOPLE = `"Feature" AS feature
  LEFT JOIN "User" AS editor ON editor."id" = feature."updatedBy"
  LEFT JOIN "User" AS owner ON owner."id" = CASE
    WHEN feature."metadata" ->> 'ownerId' ~ '^[0-9]{1,9}$' THEN (feature."metadata" ->> 'ownerId')::int END`;

/** Found by the index of the recount. */
const recentExposuresOf = (slug: string) => `(
  SELECT count(*)::int FROM "ExperimentVariant" AS recent
  WHERE recent."experimentSlug" = ${slug} AND recent."exposedAt" > now() - interval '24 hours'
    AND recent."assignmentType" <> 'IMPORTED'
)`;

const isSplitOffOf = (slug: string) => `coalesce((
  SELECT newest."result" #>> '{analysis,split,status}' FROM "ExperimentResult" AS newest
  WHERE newest."experimentSlug" = ${slug} ORDER BY newest."asOf" DESC LIMIT 1
) = 'off', false)`;

const SUBJECTS_OF = (table: string) => `(
  SELECT count(*)::int FROM "ExperimentVariant" WHERE "experimentSlug" = ${table}."slug"
)`;

/** In the columns of `matching`; the slug decides where all else is equal. */
const ORDERS: Record<ListSort, string> = {
  changed: `"updatedAt" DESC, "slug"`,
  created: `"createdAt" DESC, "slug"`,
  name: `name, "slug"`,
  subjects: `subjects DESC, "slug"`,
};

interface Owner {
  id: number;
  name: string;
}

/** As JSON has it: dates are texts. */
type ListedRow = Omit<ExperimentRow, "updatedAt"> & { updatedAt: string; position: number };

function changesOn(transaction: SqlRunner, actorId: number | null): ExperimentTransaction {
  return {
    async save(slug, version, { config, description }) {
      const [saved] = await select<{ version: number }>(
        transaction,
        `UPDATE "Feature" SET "metadata" = $3, "enabled" = $4, "description" = $5, "updatedBy" = coalesce($6, "updatedBy")
         WHERE "slug" = $1 AND "version" = $2 AND "type" = 'EXPERIMENT' RETURNING "version"`,
        [slug, version, JSON.stringify(config), config.status === "running", description, actorId],
      );
      return saved?.version ?? null;
    },
    async openEpoch(slug, { epoch, variants, trafficPercentage }) {
      const weights = Object.fromEntries(variants.map(({ name, percentage }) => [name, percentage]));
      await select(
        transaction,
        `INSERT INTO "ExperimentEpoch" ("experimentSlug", "number", "weights", "trafficPercentage") VALUES ($1, $2, $3, $4)`,
        [slug, epoch, JSON.stringify(weights), trafficPercentage],
      );
    },
    async closeEpoch(slug) {
      await select(
        transaction,
        `UPDATE "ExperimentEpoch" SET "endedAt" = clock_timestamp() WHERE "experimentSlug" = $1 AND "endedAt" IS NULL`,
        [slug],
      );
    },
    async variantsWithRows(slug) {
      const rows = await select<{ variant: string }>(
        transaction,
        `SELECT DISTINCT "variant" FROM "ExperimentVariant" WHERE "experimentSlug" = $1`,
        [slug],
      );
      return rows.map(({ variant }) => variant);
    },
  };
}
