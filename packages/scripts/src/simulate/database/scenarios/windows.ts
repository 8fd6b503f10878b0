import { DAY_MS } from "@calcom/lib/time";
import { type Check, check } from "../../engine/check";
import { buy, type Purchase, type Subject, visit } from "../crowd";
import { BOUGHT, comparisonOf, DESIGN, naiveP, pooledArms, type RateArm, WINDOW_DAYS } from "../planted";
import type { World } from "../world";

const RATE = 0.1;

/** The treatment looks better only by what comes too late for its subjects' windows. */
export async function lateConversions(world: World): Promise<Check[]> {
  const { slug, subjects } = await even(world, [20, WINDOW_DAYS + 1]);
  let inTime = 0;
  await buy(
    world,
    subjects,
    ({ variants, random }) => {
      if (random.uniform() < RATE) {
        inTime++;
        return [{ delayDays: random.uniform() * (WINDOW_DAYS - 0.01) }];
      }
      const isLate = variants[slug] === "urgent" && random.uniform() < RATE;
      return isLate ? [{ delayDays: WINDOW_DAYS + 0.01 + 0.9 * random.uniform() }] : [];
    },
    slug,
  );
  const result = await world.recount(slug);
  const arms = pooledArms(result);
  return [
    check(
      "database-late-counted",
      "conversions that were counted, less those within their windows",
      arms[0].conversions + arms[1].conversions - inTime,
      0,
      0,
    ),
    check(
      "database-late",
      "p without the late ones",
      comparisonOf(result)?.pAdjusted ?? Number.NaN,
      0.001,
      1,
    ),
    check(
      "database-late-ignored",
      "p if windows were ignored, which must fail",
      naiveP(...(await ignoringTimes(world, slug))),
      0,
      0.001,
    ),
  ];
}

/** What happens after the end changes nothing, and the receipt of the conclusion holds. */
export async function afterTheEnd(world: World): Promise<Check[]> {
  const { slug, subjects } = await even(world, [20, 0.5]);
  const within = (subject: Subject): Purchase[] =>
    subject.random.uniform() < RATE
      ? [
          {
            delayDays:
              Math.min(WINDOW_DAYS - 0.01, (world.midnight - subject.exposedAt) / DAY_MS) *
              subject.random.uniform(),
          },
        ]
      : [];
  await buy(world, subjects, within, slug);
  const { version } = await world.module.admin.catalog.get(world.admin, slug);
  await world.module.admin.lifecycle.conclude(world.admin, { slug, version, winnerVariant: null });
  const before = pooledArms(await world.recount(slug));
  const recorded = await buy(
    world,
    subjects.slice(0, 200),
    ({ variants }) => (variants[slug] === "urgent" ? [{ delayDays: null }] : []),
    slug,
  );
  const inserted = await convertPastTheDoor(world, slug);
  const result = await world.recount(slug);
  const arms = pooledArms(result);
  const { matches } = await world.module.verification.verify(slug);
  return [
    check("database-end-recorded", "conversions after the end that the door took", recorded, 0, 0),
    check(
      "database-end-counted",
      `conversions by which ${inserted} that got past it have changed the result`,
      Math.abs(arms[0].conversions - before[0].conversions) +
        Math.abs(arms[1].conversions - before[1].conversions),
      0,
      0,
    ),
    check("database-end", "its p", comparisonOf(result)?.pAdjusted ?? Number.NaN, 0.001, 1),
    check(
      "database-end-ignored",
      "p if what came after the end were counted, which must fail",
      naiveP(...(await ignoringTimes(world, slug))),
      0,
      0.001,
    ),
    check("database-end-receipt", "the receipt of the conclusion holds", matches ? 1 : 0, 1, 1),
  ];
}

/** As a node with a wrong clock would: a tenth of the treatment, after the end. */
async function convertPastTheDoor({ pool }: World, slug: string): Promise<number> {
  const { rowCount } = await pool.query(
    `INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey")
     SELECT "id", $2, 'after the end' FROM (
       SELECT "id", row_number() OVER (ORDER BY "visitorId") AS n FROM "ExperimentVariant"
       WHERE "experimentSlug" = $1 AND "variant" = 'urgent'
     ) AS treated WHERE n % 10 = 0`,
    [slug, BOUGHT],
  );
  return rowCount ?? 0;
}

async function even(world: World, days: [number, number]): Promise<{ slug: string; subjects: Subject[] }> {
  const count = world.size(10_000, 3_000);
  const slug = await world.create({
    ...DESIGN,
    analysis: { mode: "sequential", plannedSubjects: count, minimumRuntimeDays: 7 },
  });
  await world.start(slug);
  return { slug, subjects: await visit(world, { slugs: [slug], count, days }) };
}

/** Everybody who has ever converted, at any time. */
async function ignoringTimes({ pool }: World, slug: string): Promise<[RateArm, RateArm]> {
  const { rows } = await pool.query<{ variant: string; n: number; conversions: number }>(
    `SELECT "variant", count(*)::int AS n,
       (count(*) FILTER (WHERE EXISTS (SELECT 1 FROM "ExperimentConversion" WHERE "assignmentId" = assignment."id")))::int AS conversions
     FROM "ExperimentVariant" AS assignment WHERE "experimentSlug" = $1 AND "assignmentType" <> 'IMPORTED' GROUP BY "variant"`,
    [slug],
  );
  const armOf = (variant: string): RateArm => {
    const { n = 0, conversions = 0 } = rows.find((row) => row.variant === variant) ?? {};
    return { kind: "rate", n, conversions };
  };
  return [armOf("control"), armOf("urgent")];
}
