import { atMost, type Check, check } from "../../engine/check";
import { buy, visit } from "../crowd";
import { comparisonOf, DESIGN } from "../planted";
import type { World } from "../world";

const RATE = 0.12;
const TOGETHER = 10;

/**
 * Many experiments, ten at a time on the same visitors, none of which does anything: a visitor's purchases count for all of them, and
 * each splits the visitors in its own way.
 */
export async function noEffect(world: World): Promise<Check[]> {
  const [perMode, visitors] = [world.size(50, 15), world.size(3_000, 600)];
  const plannedSubjects = Math.floor(visitors * 0.9);
  const create = (mode: "sequential" | "fixed") =>
    sequence(perMode, () =>
      world.create({ ...DESIGN, analysis: { mode, plannedSubjects, minimumRuntimeDays: 7 } }),
    );
  const [sequential, fixed] = [await create("sequential"), await create("fixed")];
  const slugs = [...sequential, ...fixed];
  for (const slug of slugs) await world.start(slug);
  // As many experiments as one visitor may well be in.
  for (let from = 0; from < slugs.length; from += TOGETHER) {
    const together = slugs.slice(from, from + TOGETHER);
    const subjects = await visit(world, { slugs: together, count: visitors, days: [20, 4] });
    await buy(world, subjects, ({ random }) =>
      random.uniform() < RATE ? [{ delayDays: 2.9 * random.uniform() }] : [],
    );
  }
  let offs = 0;
  const positives = async (of: string[]) => {
    let [found, compared] = [0, 0];
    for (const slug of of) {
      const result = await world.recount(slug);
      if (result.analysis?.split.status !== "as_planned") offs++;
      const comparison = comparisonOf(result);
      if (comparison !== null) compared++;
      if (comparison?.isSignificant) found++;
    }
    return { found, compared };
  };
  const [always, once] = [await positives(sequential), await positives(fixed)];
  return [
    check(
      "database-aa-compared",
      `of ${slugs.length} experiments without an effect so many were compared at all`,
      always.compared + once.compared,
      slugs.length,
      slugs.length,
    ),
    atMost(
      "database-aa-sequential",
      `false positives in ${perMode} experiments, always-valid`,
      always.found / perMode,
      0.05,
      perMode,
    ),
    atMost(
      "database-aa-fixed",
      `false positives in ${perMode}, fixed end`,
      once.found / perMode,
      0.05,
      perMode,
    ),
    check("database-aa-split", `alarms about the split in ${slugs.length} experiments`, offs, 0, 0),
  ];
}

async function sequence<Result>(count: number, make: () => Promise<Result>): Promise<Result[]> {
  const made: Result[] = [];
  for (let i = 0; i < count; i++) made.push(await make());
  return made;
}
