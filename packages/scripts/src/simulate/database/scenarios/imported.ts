import { DAY_MS } from "@calcom/lib/time";
import { type Check, check } from "../../engine/check";
import { anIdentity } from "../../internals";
import { persistently, sideBySide } from "../../side-by-side";
import { createUsers } from "../crowd";
import { BOUGHT, comparisonOf, DESIGN, naiveP, pooledArms } from "../planted";
import type { World } from "../world";

const RATE = 0.1;
const RATE_OF_CHOSEN = 0.5;

/** A flag had been given to those who liked the product most; then it became an experiment that does nothing. */
export async function imported(world: World): Promise<Check[]> {
  const { module, admin, pool, random } = world;
  const slug = "simulated-flag";
  const [chosen, others] = [world.size(1_000, 300), world.size(8_000, 2_000)];
  const users = await createUsers(world, chosen + others);
  await pool.query(`INSERT INTO "Feature" ("slug", "type", "enabled") VALUES ($1, 'RELEASE', false)`, [slug]);
  await pool.query(
    `INSERT INTO "UserFeatures" ("userId", "featureId", "enabled") SELECT unnest($2::int[]), $1, true`,
    [slug, users.slice(0, chosen)],
  );
  const { version } = await module.admin.flagMigration.plan(admin, { slug, unit: "user" });
  const draft = await module.admin.flagMigration.convert(admin, { slug, unit: "user", version });
  const { conversionWindowDays, metrics } = DESIGN;
  await module.admin.editing.updateConfig(admin, {
    slug,
    version: draft.version,
    patch: { conversionWindowDays: conversionWindowDays ?? 1, ...(metrics && { metrics }) },
  });
  await world.giveSalt(slug);
  await world.start(slug);

  const draws = users.map((userId, index) => ({
    userId,
    buys: random.uniform() < (index < chosen ? RATE_OF_CHOSEN : RATE),
  }));
  await sideBySide(draws, async ({ userId, buys }) => {
    const identity = anIdentity({ userId });
    await persistently(() => module.experiments.recordExposures(identity, [{ slug }]));
    const conversion = { event: BOUGHT, key: "once" };
    if (buys)
      await persistently(() => module.experiments.trackConversion(conversion, { subject: { userId } }));
  });
  await moveBack(world, slug);
  const result = await world.recount(slug);
  const [control, treatment] = pooledArms(result, "treatment");
  const kept = draws.slice(0, chosen).filter(({ buys }) => buys).length;
  return [
    check(
      "database-imported",
      `of ${chosen} whom the flag had chosen so many are set apart`,
      result.leftOut.imported,
      chosen,
      chosen,
    ),
    check("database-imported-others", "subjects in the comparison", control.n + treatment.n, others, others),
    check(
      "database-imported-p",
      "p of the comparison",
      comparisonOf(result)?.pAdjusted ?? Number.NaN,
      0.001,
      1,
    ),
    check(
      "database-imported-counted",
      "p if they were counted for what they have, which must fail",
      naiveP(control, { kind: "rate", n: treatment.n + chosen, conversions: treatment.conversions + kept }),
      0,
      0.001,
    ),
  ];
}

/** By the order of the rows' ids, over two weeks, and what was bought a day later. */
async function moveBack({ pool, midnight }: World, slug: string): Promise<void> {
  await pool.query(
    `UPDATE "ExperimentVariant" AS assignment SET "assignedAt" = moved.at, "exposedAt" = moved.at
     FROM (SELECT "id", $2::timestamptz - interval '5 days' - ntile(14) OVER (ORDER BY "userId" % 997, "userId") * interval '1 day' AS at
           FROM "ExperimentVariant" WHERE "experimentSlug" = $1) AS moved
     WHERE moved."id" = assignment."id"`,
    [slug, new Date(midnight)],
  );
  await pool.query(
    `UPDATE "ExperimentConversion" AS conversion SET "occurredAt" = assignment."exposedAt" + interval '1 day'
     FROM "ExperimentVariant" AS assignment
     WHERE assignment."id" = conversion."assignmentId" AND assignment."experimentSlug" = $1`,
    [slug],
  );
  await pool.query(
    `UPDATE "Feature" SET "metadata" = "metadata" || jsonb_build_object('startedAt', $2::text) WHERE "slug" = $1`,
    [slug, new Date(midnight - 20 * DAY_MS).toISOString()],
  );
}
