import fc from "fast-check";
import { expect } from "vitest";
import type { Status } from "../../types/settings";
import { anInput } from "../database-fixtures";
import { nodeOf, synchronize, type World } from "./check";
import { type Command, command, pick } from "./command";
import { isLive, type ModelExperiment } from "./model";
import {
  applySaves,
  applyShares,
  isDifferent,
  openEpoch,
  patchOf,
  shareChange,
  variantsOf,
  weights,
} from "./shares";

const actions = ["start", "pause", "resume", "turn_off", "turn_on", "archive"] as const;

/** The transitions once more, so that a slip in the product's table shows. */
const leadsTo: Record<(typeof actions)[number], [from: Status[], to: Status]> = {
  start: [["draft"], "running"],
  pause: [["running"], "paused"],
  resume: [["paused"], "running"],
  turn_off: [["running", "paused"], "off"],
  turn_on: [["off"], "running"],
  archive: [["draft", "concluded"], "archived"],
};

const index = fc.nat({ max: 99 });

const create = fc
  .record({
    unit: fc.constantFrom("user", "team", "visitor", "visitor"),
    assignmentType: fc.constantFrom("deterministic", "random"),
    weights,
    traffic: fc.constantFrom(100, 100, 50),
    isStarted: fc.constantFrom(true, true, true, false),
    node: index,
  } as const)
  .map((input) =>
    command(
      `create ${JSON.stringify(input)}`,
      ({ experiments }) => experiments.filter(isLive).length < 3,
      async (model, world) => {
        const { module, admin } = nodeOf(world, input.node);
        const settings = anInput({
          unit: input.unit,
          assignmentType: input.assignmentType,
          variants: variantsOf(input.weights),
          trafficPercentage: input.traffic,
          clientEvents: ["clicked", "signed-up"],
        });
        const detail = await module.admin.editing.create(admin, settings);
        const experiment: ModelExperiment = {
          slug: detail.slug,
          unit: input.unit,
          assignmentType: input.assignmentType,
          status: "draft",
          version: 1,
          weights: input.weights,
          traffic: input.traffic,
          winner: null,
          endedAt: null,
          epochs: [],
          rows: [],
          outsideAt: new Map(),
        };
        model.experiments.push(experiment);
        if (input.isStarted) await act(experiment, "start", world, input.node);
        await synchronize(world);
      },
    ),
  );

async function act(
  experiment: ModelExperiment,
  action: (typeof actions)[number],
  world: World,
  node: number,
) {
  const { module, admin } = nodeOf(world, node);
  const { slug, version } = experiment;
  const done = module.admin.lifecycle.updateStatus(admin, { slug, version, action });
  const [from, to] = leadsTo[action];
  if (!from.includes(experiment.status)) {
    await expect(done).rejects.toMatchObject({ code: "invalid_transition" });
    return;
  }
  expect((await done).version).toBe(version + 1);
  Object.assign(experiment, { status: to, version: version + 1 });
  if (action === "start" || action === "turn_on") openEpoch(experiment);
}

// Pauses are what most depends on: they come more often.
const anAction = fc.constantFrom(...actions, "pause", "pause", "resume");
const transition = fc.tuple(anAction, index, index).map(([action, of, node]) =>
  command(`${action} #${of}`, hasExperiment, async (model, world) => {
    await act(pick(model.experiments, of), action, world, node);
    await synchronize(world);
  }),
);

const conclude = fc
  .tuple(fc.constantFrom("control", "b", "nobody", null), index, index)
  .map(([winner, of, node]) =>
    command(`conclude #${of} with ${winner}`, hasExperiment, async (model, world) => {
      const experiment = pick(model.experiments, of);
      const { module, admin } = nodeOf(world, node);
      const { slug, version, status } = experiment;
      const done = module.admin.lifecycle.conclude(admin, { slug, version, winnerVariant: winner });
      const isPossible = status === "running" || status === "paused" || status === "off";
      if (!isPossible || winner === "nobody") {
        await expect(done).rejects.toMatchObject({
          code: isPossible ? "invalid_config" : "invalid_transition",
        });
        return;
      }
      const { config } = await done;
      const endedAt = new Date(config?.endedAt ?? Number.NaN);
      Object.assign(experiment, { status: "concluded", version: version + 1, winner, endedAt });
      await synchronize(world);
    }),
  );

const changeShares = fc.tuple(shareChange, index, index).map(([change, of, node]) =>
  command(`change #${of} to ${JSON.stringify(change)}`, hasExperiment, async (model, world) => {
    const experiment = pick(model.experiments, of);
    const { module, admin } = nodeOf(world, node);
    const { slug, version, status } = experiment;
    const patch = patchOf(change);
    const done = module.admin.editing.updateConfig(admin, { slug, version, patch });
    const isOver = status === "concluded" || status === "archived";
    if (isOver && isDifferent(experiment, change)) {
      await expect(done).rejects.toMatchObject({ code: "locked_field" });
      return;
    }
    await done;
    applyShares(experiment, change);
    await synchronize(world);
  }),
);

const saveStale = fc.tuple(weights, index, index).map(([shares, of, node]) =>
  command(`save #${of} from a stale form`, hasExperiment, async (model, world) => {
    const { slug, version } = pick(model.experiments, of);
    const { module, admin } = nodeOf(world, node);
    const patch = { variants: variantsOf(shares), hypothesis: "Never saved" };
    await expect(
      module.admin.editing.updateConfig(admin, { slug, version: version - 1, patch }),
    ).rejects.toMatchObject({ code: "stale_version", details: { current: { version } } });
  }),
);

/** Two admins save from the same form at the same moment: one of them is told. */
const saveAtOnce = fc.tuple(shareChange, shareChange, index).map(([mine, yours, of]) =>
  command(
    `save #${of} at once: ${JSON.stringify([mine, yours])}`,
    (model) => model.experiments.some(isLive),
    async (model, world) => {
      const experiment = pick(model.experiments.filter(isLive), of);
      const { slug, version } = experiment;
      const changes = [mine, yours];
      const saves = await Promise.allSettled(
        changes.map((change, node) =>
          nodeOf(world, node).module.admin.editing.updateConfig(nodeOf(world, node).admin, {
            slug,
            version,
            patch: patchOf(change),
          }),
        ),
      );
      applySaves(experiment, changes, saves);
      await synchronize(world);
    },
  ),
);

function hasExperiment({ experiments }: { experiments: unknown[] }): boolean {
  return experiments.length > 0;
}

/** How often each is drawn is how often it stands here. */
export const adminCommands: fc.Arbitrary<Command>[] = [
  create,
  create,
  transition,
  transition,
  conclude,
  changeShares,
  changeShares,
  saveStale,
  saveAtOnce,
];
