import { containing } from "@calcom/lib/sql";
import type { StoredExperiment } from "./serve/config/compiled-experiments";
import { type Pool, queryRows } from "./sql/runner";
import { statusSql } from "./sql/status-sql";
import type { Epoch, ListSort, SegmentDoubt, SplitDoubt } from "./types/admin";
import type { Status, Unit } from "./types/settings";

export interface ExperimentRow extends StoredExperiment {
  description: string;
  updatedAt: Date;
  updatedById: number | null;
  updatedByName: string | null;
  ownerId: number | null;
  ownerName: string | null;
  assignments: number;
  /** First exposures within the last 24 hours. */
  recentExposures: number;
  /** What the newest result says of the split, where it doubts it. */
  splitOff: SplitDoubt | null;
  /** Segments whose split it doubts. */
  splitOffIn: SegmentDoubt[];
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

/** Reads experiments for the admin: lists them, and shows one with its epochs and counts. */
export class ExperimentsRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Reads a page, the number of all matches and all owners in one statement. */
  async list(filter: ListFilter): Promise<{
    rows: ExperimentRow[];
    total: number;
    overall: number;
    owners: { id: number; name: string }[];
  }> {
    const order = ORDERS[filter.sort ?? "changed"];
    // Subjects are counted for the page alone, unless the list is sorted by them: counting those of 5,000 experiments
    // to show 25 would be a waste.
    const isByCount = filter.sort === "subjects";
    const [found] = await queryRows<{
      rows: ListedRow[] | null;
      total: number;
      overall: number;
      owners: Owner[];
    }>(
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
         (SELECT count(*)::int FROM "Feature" WHERE "type" = 'EXPERIMENT') AS overall,
         (SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('id', owner."id", 'name', owner."name")), '[]')
          FROM "Feature" AS feature JOIN "User" AS owner ON owner."id"::text = feature."metadata" ->> 'ownerId'
          WHERE feature."type" = 'EXPERIMENT') AS owners,
         (SELECT jsonb_agg(to_jsonb(listed) ORDER BY listed.position) FROM (
           ${DESCRIBED}, ${SUBJECTS_OF("page")} AS assignments,
             ${recentExposuresOf('page."slug"')} AS "recentExposures",
             ${splitOffOf('page."slug"')} AS "splitOff", ${splitOffInOf('page."slug"')} AS "splitOffIn", page.position
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
    const { rows, total = 0, overall = 0, owners = [] } = found ?? {};
    return {
      rows: (rows ?? []).map(({ position, ...row }) => ({ ...row, updatedAt: new Date(row.updatedAt) })),
      total,
      overall,
      owners: owners.sort((a, b) => a.name.localeCompare(b.name) || a.id - b.id),
    };
  }

  async find(slug: string): Promise<ExperimentRow | null> {
    const [row] = await queryRows<ExperimentRow>(
      this.#pool,
      // Count by the parameter, not the column: the planner has row statistics only for a constant, and otherwise scans
      // the table.
      `SELECT page.*, (SELECT count(*)::int FROM "ExperimentVariant" WHERE "experimentSlug" = $1) AS assignments,
         ${recentExposuresOf("$1")} AS "recentExposures",
         ${splitOffOf("$1")} AS "splitOff", ${splitOffInOf("$1")} AS "splitOffIn" FROM (
         ${DESCRIBED} FROM ${FEATURE_AND_PEOPLE} WHERE feature."type" = 'EXPERIMENT' AND feature."slug" = $1
       ) AS page`,
      [slug],
    );
    return row ?? null;
  }

  epochs(slug: string): Promise<Epoch[]> {
    return queryRows(
      this.#pool,
      `SELECT "number", "weights", "trafficPercentage"::float8 AS "trafficPercentage", "startedAt", "endedAt"
       FROM "ExperimentEpoch" WHERE "experimentSlug" = $1 ORDER BY "number"`,
      [slug],
    );
  }

  /** Finds the units of the other experiments in these exclusion groups. */
  unitsInGroups(
    groups: string[],
    exceptSlug: string,
  ): Promise<{ slug: string; unit: Unit; group: string }[]> {
    return queryRows(
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

  async countData(slug: string): Promise<{ assignments: number; conversions: number }> {
    const [row] = await queryRows<{ assignments: number; conversions: number }>(
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

const DESCRIBED = `SELECT feature."slug", feature."enabled", feature."metadata", feature."version",
  coalesce(feature."description", '') AS description, feature."updatedAt", feature."updatedBy" AS "updatedById",
  editor."name" AS "updatedByName", owner."id" AS "ownerId", owner."name" AS "ownerName"`;

const FEATURE_AND_PEOPLE = `"Feature" AS feature
  LEFT JOIN "User" AS editor ON editor."id" = feature."updatedBy"
  LEFT JOIN "User" AS owner ON owner."id" = CASE
    WHEN feature."metadata" ->> 'ownerId' ~ '^[0-9]{1,9}$' THEN (feature."metadata" ->> 'ownerId')::int END`;

/** The recount's index serves this. */
const recentExposuresOf = (slug: string) => `(
  SELECT count(*)::int FROM "ExperimentVariant" AS recent
  WHERE recent."experimentSlug" = ${slug} AND recent."exposedAt" > now() - interval '24 hours'
    AND recent."assignmentType" <> 'IMPORTED'
)`;

const splitOffOf = (slug: string) => `(
  SELECT CASE newest."result" #>> '{analysis,split,status}' WHEN 'off' THEN jsonb_build_object(
    'p', newest."result" #> '{analysis,split,p}', 'variants', newest."result" #> '{analysis,split,variants}') END
  FROM "ExperimentResult" AS newest
  WHERE newest."experimentSlug" = ${slug} ORDER BY newest."asOf" DESC LIMIT 1
)`;

const splitOffInOf = (slug: string) => `(
  SELECT coalesce((SELECT jsonb_agg(jsonb_build_object('fact', segment -> 'fact', 'value', segment -> 'value')
      ORDER BY (segment ->> 'pAdjusted')::float8, place)
    FROM jsonb_path_query(newest."result", '$.analysis.split.bySegment[*] ? (@.status == "off")')
      WITH ORDINALITY AS segment (segment, place)), '[]')
  FROM (SELECT (SELECT "result" FROM "ExperimentResult" WHERE "experimentSlug" = ${slug}
    ORDER BY "asOf" DESC LIMIT 1) AS "result") AS newest
)`;

const SUBJECTS_OF = (table: string) => `(
  SELECT count(*)::int FROM "ExperimentVariant" WHERE "experimentSlug" = ${table}."slug"
)`;

/** In the columns of `matching`. The slug breaks ties. */
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

/** The row as JSON, in which dates are texts. */
type ListedRow = Omit<ExperimentRow, "updatedAt"> & { updatedAt: string; position: number };
