import { expect, vi } from "vitest";
import { anIdentity } from "../../experiments/testing/database-fixtures";
import type { Model } from "./walk-model";
import { planOf } from "./walk-plan";
import { memberOf, type Step, targetOf } from "./walk-steps";
import type { WalkWorld } from "./walk-world";

/** Takes a step where it is allowed, and has it refused where it is not. */
export async function take(world: WalkWorld, model: Model, slug: string, step: Step): Promise<void> {
  const after = planOf(model, step);
  if (after === "pointless") return;
  const real = run(world, model, slug, step);
  if (after === "refused") await expect(real, `${step.do} in ${model.state}`).rejects.toThrow();
  else {
    await real;
    after();
    if (step.do === "write" || step.do === "switch") await obey(world, model, slug);
  }
}

/** What was written past the experiments reaches a node within a second. Asking for nobody stores nothing. */
async function obey({ fixture }: WalkWorld, { state, everybody }: Model, slug: string): Promise<void> {
  const expected = { flag: everybody ? "flag" : "not_running", running: "no_unit", off: "not_running" };
  if (state !== "flag" && state !== "running" && state !== "off") return;
  await vi.waitFor(
    async () => {
      const [answer] = await fixture.module.experiments.foresee(anIdentity(), [{ slug }]);
      expect(answer?.reason).toBe(expected[state]);
    },
    { timeout: 2_000, interval: 2 },
  );
}

async function run(world: WalkWorld, model: Model, slug: string, step: Step): Promise<unknown> {
  const { fixture, flagsAdmin } = world;
  const { admin: actor, database, module } = fixture;
  const { flagMigration, lifecycle, editing } = module.admin;
  const at = async () => {
    const { version } = await database.prisma.feature.findUniqueOrThrow({ where: { slug } });
    return { slug, version };
  };
  switch (step.do) {
    case "say": {
      const { kind } = step;
      const id = targetOf(model, kind, step.index);
      return flagsAdmin.assign(actor, { slug, kind, id, override: step.override });
    }
    case "join": {
      const member = memberOf(model, step.index);
      const { membership } = database.prisma;
      if (!step.isJoined) return membership.deleteMany({ where: member });
      return membership.createMany({ data: { ...member, accepted: true }, skipDuplicates: true });
    }
    case "convert":
      return flagMigration.convert(actor, { ...(await at()), unit: step.unit });
    case "revert":
      return flagMigration.revert(actor, await at());
    case "edit": {
      const variants = [
        { name: "control", percentage: 100 - step.treatment },
        { name: "treatment", percentage: step.treatment },
      ];
      const targetingRules = step.targeted ? {} : { plans: ["organization" as const] };
      const patch = { variants, targetingRules, trafficPercentage: step.traffic };
      return editing.updateConfig(actor, { ...(await at()), patch });
    }
    case "choose": {
      const assignmentType = step.isRandom ? ("random" as const) : ("deterministic" as const);
      return editing.updateConfig(actor, { ...(await at()), patch: { unit: step.unit, assignmentType } });
    }
    case "act":
      return lifecycle.updateStatus(actor, {
        ...(await at()),
        action: step.action,
        withoutMetric: "A rollout",
      });
    case "switch":
      return flagsAdmin.setEnabled(actor, { slug, enabled: step.isOn });
    case "write":
      return database.pool.query(`UPDATE "Feature" SET "enabled" = $2 WHERE "slug" = $1`, [
        slug,
        step.enabled,
      ]);
    case "conclude":
      return lifecycle.conclude(actor, { ...(await at()), winnerVariant: step.winner });
  }
}
