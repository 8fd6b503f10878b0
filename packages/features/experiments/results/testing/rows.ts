import type { Pool } from "../../sql/runner";

export interface RowParts {
  variant?: string;
  epoch?: number | null;
  userId?: number | null;
  visitorId?: string | null;
  assignmentType?: "DETERMINISTIC" | "IMPORTED";
  exposedAt?: Date | null;
  metadata?: object | null;
}

/** One assignment as the writers leave it; a test names what matters to it. Answers its id. */
export async function anAssignment(pool: Pool, slug: string, parts: RowParts = {}): Promise<string> {
  const exposedAt = parts.exposedAt === undefined ? new Date() : parts.exposedAt;
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO "ExperimentVariant"
       ("experimentSlug", "variant", "userId", "visitorId", "assignmentType", "epoch", "assignedAt", "exposedAt", "metadata")
     VALUES ($1, $2, $3, $4, $5, $6, coalesce($7, now()), $7, $8) RETURNING "id"`,
    [
      slug,
      parts.variant ?? "control",
      parts.userId ?? null,
      parts.visitorId ?? (parts.userId === undefined ? crypto.randomUUID() : null),
      parts.assignmentType ?? "DETERMINISTIC",
      parts.assignmentType === "IMPORTED" ? null : (parts.epoch ?? 1),
      exposedAt,
      parts.metadata ?? null,
    ],
  );
  return rows[0]?.id ?? "";
}

let keys = 0;

export async function aConversion(
  pool: Pool,
  assignmentId: string,
  { event = "clicked", at, value = null }: { event?: string; at: Date; value?: number | null },
): Promise<void> {
  await pool.query(
    `INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey", "value", "occurredAt")
     VALUES ($1, $2, $3, $4, $5)`,
    [assignmentId, event, `key-${++keys}`, value, at],
  );
}

/** Many subjects of a variant, of whom the first so many converted an hour after their exposure. */
export async function manySubjects(
  pool: Pool,
  slug: string,
  { variant, n, converted, exposedAt }: { variant: string; n: number; converted: number; exposedAt: Date },
): Promise<void> {
  await pool.query(
    `WITH made AS (
       INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "visitorId", "assignmentType", "epoch", "assignedAt", "exposedAt")
       SELECT $1, $2, gen_random_uuid(), 'DETERMINISTIC', 1, $3, $3 FROM generate_series(1, $4) RETURNING "id"
     )
     INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey", "occurredAt")
     SELECT "id", 'clicked', 'first', $3::timestamptz + interval '1 hour' FROM made LIMIT $5`,
    [slug, variant, exposedAt, n, converted],
  );
}
