import { DAY_MS } from "@calcom/lib/time";
import { Random } from "../engine/internals";
import { anIdentity } from "../internals";
import { persistently, sideBySide } from "../side-by-side";
import { BOUGHT } from "./planted";
import type { World } from "./world";

/** A visitor, with the variants that they were really given. */
export interface Subject {
  visitorId: string;
  /** By slug; null where they do not take part. */
  variants: Record<string, string | null>;
  /** Epoch milliseconds. */
  exposedAt: number;
  /** A random source of their own, so that nobody's draws depend on who came first. */
  random: Random;
}

export interface Visit {
  slugs: string[];
  count: number;
  /** Days before the last midnight (UTC) between which they come. */
  days: readonly [first: number, last: number];
  /** Whether the report that they have seen it arrives; it does where this is left out. */
  arrives?: (variant: string | null, random: Random) => boolean;
}

/** Visitors who ask for experiments and see them, by the doors that pages use. Their times are told to the rows. */
export async function visit(world: World, { slugs, count, days, arrives }: Visit): Promise<Subject[]> {
  const [first, last] = days;
  const subjects = Array.from({ length: count }, (_, index): Subject => {
    const random = new Random(world.random.below(2 ** 32));
    // In the order of time, so that whoever was assigned first was so in the first epoch too.
    const daysAgo = first + (last - first) * ((index + random.uniform()) / count);
    const exposedAt = world.midnight - Math.round(daysAgo * DAY_MS);
    return { visitorId: uuidFrom(random), variants: {}, exposedAt, random };
  });
  const { experiments } = world.module;
  const requests = slugs.map((slug) => ({ slug }));
  const work = async ({ visitorId, variants, random }: Subject) => {
    const identity = anIdentity({ visitorId });
    const answers = await persistently(
      () => experiments.decide(identity, requests),
      (given) => given.every(({ reason }) => reason !== "unavailable"),
    );
    slugs.forEach((slug, index) => {
      variants[slug] = answers[index]?.variant ?? null;
    });
    const reports = slugs.filter((slug) => arrives?.(variants[slug] ?? null, random) ?? true);
    if (reports.length > 0)
      await persistently(() =>
        experiments.recordExposures(
          identity,
          reports.map((slug) => ({ slug })),
        ),
      );
  };
  await sideBySide(subjects, work, atOnceFor(slugs.length));
  await moveBack(world, slugs, subjects);
  return subjects;
}

export interface Purchase {
  /** After the exposure; null for now, whatever the exposure. */
  delayDays: number | null;
  value?: number;
}

/** Reports what the subjects did for one experiment, or for all they are in; answers how many conversions were new. */
export async function buy(
  world: World,
  subjects: readonly Subject[],
  purchasesOf: (subject: Subject) => Purchase[],
  experiment?: string,
): Promise<number> {
  let recorded = 0;
  const all = subjects.flatMap((subject) =>
    purchasesOf(subject).map((purchase, index) => ({ subject, purchase, index })),
  );
  const work = async ({ subject: { visitorId, exposedAt }, purchase, index }: (typeof all)[number]) => {
    const { delayDays, value } = purchase;
    const conversion = {
      event: BOUGHT,
      key: `${experiment ?? "all"}-${delayDays === null ? "now" : index}`,
      ...(value === undefined ? {} : { value }),
      ...(delayDays === null ? {} : { occurredAt: new Date(exposedAt + delayDays * DAY_MS) }),
    };
    const options = { subject: { visitorId }, ...(experiment === undefined ? {} : { experiment }) };
    const answer = await persistently(() => world.module.experiments.trackConversion(conversion, options));
    recorded += answer.recorded;
  };
  const experiments = experiment === undefined ? Object.keys(subjects[0]?.variants ?? {}).length : 1;
  await sideBySide(all, work, atOnceFor(experiments));
  return recorded;
}

/** A visitor in many experiments writes as many rows at a time. */
function atOnceFor(experiments: number): number {
  return Math.max(4, Math.floor(64 / experiments));
}

/**
 * The one thing that is not done by the module: weeks cannot be waited for. Exposures are put where the simulation has
 * them, and the experiment starts a day before the first.
 */
async function moveBack({ pool }: World, slugs: string[], subjects: readonly Subject[]): Promise<void> {
  const values = [
    slugs,
    subjects.map(({ visitorId }) => visitorId),
    subjects.map(({ exposedAt }) => new Date(exposedAt)),
  ];
  await pool.query({
    text: `UPDATE "ExperimentVariant" AS assignment SET "assignedAt" = moved.at,
        "exposedAt" = CASE WHEN assignment."exposedAt" IS NOT NULL THEN moved.at END
      FROM unnest($2::uuid[], $3::timestamptz[]) AS moved (id, at)
      WHERE assignment."visitorId" = moved.id AND assignment."experimentSlug" = ANY($1)`,
    values,
    query_timeout: 120_000,
  } as { text: string; values: unknown[] });
  // Vacuum as autovacuum would in a table that was written for weeks; right after a load it has not run yet.
  await pool.query(`ANALYZE "ExperimentVariant"`);
  const startedAt = new Date(Math.min(...subjects.map(({ exposedAt }) => exposedAt)) - DAY_MS).toISOString();
  await pool.query(
    `UPDATE "Feature" SET "metadata" = "metadata" || jsonb_build_object('startedAt', least("metadata" ->> 'startedAt', $2::text))
     WHERE "slug" = ANY($1)`,
    [slugs, startedAt],
  );
}

export async function createUsers({ pool }: World, count: number): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>(
    `INSERT INTO "User" ("email", "name", "passwordHash")
     SELECT gen_random_uuid() || '@simulated.example', 'Uma', '-' FROM generate_series(1, $1) RETURNING "id"`,
    [count],
  );
  return rows.map(({ id }) => id);
}

function uuidFrom(random: Random): string {
  const hex = Array.from({ length: 32 }, () => random.below(16).toString(16));
  hex[12] = "4";
  hex[16] = "8";
  return hex.join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
