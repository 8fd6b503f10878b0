import { type Check, check } from "../../engine/check";
import { visit } from "../crowd";
import { DESIGN } from "../planted";
import type { World } from "../world";

/** A variant whose page loses some of its reports: the assignments are even, what is counted is not. */
export async function split(world: World): Promise<Check[]> {
  const [percent, count] = [world.size(52, 58), world.size(40_000, 4_000)];
  /**
   * The share of control's reports that gets lost, so that the remaining ones and the treatment's are split like this.
   */
  const arriving = (100 - percent) / percent;
  const slug = await world.create(DESIGN);
  await world.start(slug);
  await visit(world, {
    slugs: [slug],
    count,
    days: [20, 4],
    arrives: (variant, random) => variant === "urgent" || random.uniform() < arriving,
  });
  const { analysis, leftOut } = await world.recount(slug);
  const name = `${percent}/${100 - percent} of ${count.toLocaleString("en")}`;
  return [
    check(
      "database-srm-p",
      `${name} because reports are lost: p of the split`,
      analysis?.split.p ?? 1,
      0,
      0.001,
    ),
    check(
      "database-srm-verdict",
      `the same: the verdict is "${analysis?.verdict.code}"`,
      analysis?.verdict.code === "split_is_off" ? 1 : 0,
      1,
      1,
    ),
    check(
      "database-srm-not-exposed",
      "share of the assigned who are said never to have seen it",
      leftOut.notExposed / count,
      (1 - arriving) / 2 - 0.03,
      (1 - arriving) / 2 + 0.03,
    ),
  ];
}
