import { type Check, check } from "../../engine/check";
import { buy, visit } from "../crowd";
import { comparisonOf, DESIGN, naiveP, pooledArms } from "../planted";
import type { World } from "../world";

/** From 90/10 to 50/50 while ever fewer buy, and no variant makes a difference. */
export async function changedWeights(world: World): Promise<Check[]> {
  const count = world.size(10_000, 2_000);
  const rates = { before: 0.3, after: 0.1 };
  const slug = await world.create({
    ...DESIGN,
    variants: [
      { name: "control", percentage: 90 },
      { name: "urgent", percentage: 10 },
    ],
    analysis: { mode: "sequential", plannedSubjects: 2 * count, minimumRuntimeDays: 7 },
  });
  await world.start(slug);
  const buyAt = async (days: [number, number], rate: number) =>
    buy(world, await visit(world, { slugs: [slug], count, days }), ({ random }) =>
      random.uniform() < rate ? [{ delayDays: 2.9 * random.uniform() }] : [],
    );
  await buyAt([20, 12.5], rates.before);
  const { version } = await world.module.admin.catalog.get(world.admin, slug);
  await world.module.admin.editing.updateConfig(world.admin, {
    slug,
    version,
    patch: {
      variants: [
        { name: "control", percentage: 50 },
        { name: "urgent", percentage: 50 },
      ],
    },
  });
  await buyAt([12, 4], rates.after);
  const result = await world.recount(slug);
  const epochs = result.metrics[0]?.epochs.length ?? 0;
  return [
    check("database-epochs-kept", "epochs of an experiment whose weights changed once", epochs, 2, 2),
    check(
      "database-epochs",
      "its p, combined over epochs",
      comparisonOf(result)?.pAdjusted ?? Number.NaN,
      0.001,
      1,
    ),
    check(
      "database-epochs-pooled",
      "p of the same rows if the epochs were pooled, which must fail",
      naiveP(...pooledArms(result)),
      0,
      0.001,
    ),
    check(
      "database-epochs-split",
      "p of its split, which is off only if the epochs were pooled",
      result.analysis?.split.p ?? 0,
      0.001,
      1,
    ),
  ];
}
