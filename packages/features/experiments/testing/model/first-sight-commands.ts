import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect } from "vitest";
import { ProvisionalRowsRepository } from "../../serve/provisional-rows.repository";
import type { ExperimentAnswer } from "../../types/answers";
import { anIdentity } from "../database-fixtures";
import { databaseOf, nodeOf, type World } from "./check";
import { type Command, command, pick } from "./command";
import { expectedAnswer, isWaiting, learn, type ModelExperiment } from "./model";
import { index } from "./request";

/** Several first tabs of a browser, each with a visitor of its own. The last cookie stays, and all of them report. */
const tabs = fc
  .tuple(fc.integer({ min: 2, max: 3 }), index, index, fc.boolean())
  .map(([count, of, node, isClick]) =>
    command(
      `${count} first tabs at #${of}, with a click: ${isClick}`,
      ({ experiments }) => experiments.some(({ unit }) => unit === "visitor"),
      async (model, world) => {
        const experiment = pick(
          model.experiments.filter(({ unit }) => unit === "visitor"),
          of,
        );
        const opened = Array.from({ length: count }, () => randomUUID());
        await Promise.all(opened.map((visitorId, tab) => open(world, experiment, visitorId, node + tab)));
        const stays = opened.at(-1) as string;
        const identity = anIdentity({ visitorId: stays });
        const { experiments } = nodeOf(world, node).module;
        const row = experiment.rows.find(({ subject }) => subject === `visitor:${stays}`);
        const isCounted =
          row !== undefined && expectedAnswer(experiment, row.subject, row).reasons[0] === "sticky";
        const seen = (visitorId: string) => ({ slug: experiment.slug, visitorId });
        // In the order in which their cookies went.
        for (const visitorId of opened) {
          const isOwn = visitorId === stays && isCounted;
          const click = { ...seen(visitorId), event: "clicked", key: visitorId };
          if (isClick) {
            const { recorded } = await experiments.recordConversions(identity, [click]);
            expect(recorded, "clicks of a tab whose cookie went").toBe(isOwn ? 1 : 0);
            if (isOwn) row.conversions.push({ event: "clicked", key: visitorId, occurredAt: null });
          }
          const { recorded } = await experiments.recordExposures(identity, [seen(visitorId)]);
          expect(recorded, "exposures of a tab whose cookie went").toBe(isOwn ? 1 : 0);
          if (isOwn) row.isExposed = true;
        }
        const unseen = experiment.rows.filter(({ subject }) =>
          opened.some((id) => subject === `visitor:${id}`),
        );
        expect(unseen.filter((one) => !isWaiting(one)).length, "visitors that count of one browser").toBe(
          isCounted ? 1 : 0,
        );
      },
    ),
  );

async function open(world: World, experiment: ModelExperiment, visitorId: string, node: number) {
  const { experiments } = nodeOf(world, node).module;
  const identity = anIdentity({ visitorId, isFirstSight: true });
  const [answer] = (await experiments.decide(identity, [{ slug: experiment.slug }])) as [ExperimentAnswer];
  const subject = `visitor:${visitorId}`;
  expect(expectedAnswer(experiment, subject, undefined).reasons).toContain(answer.reason);
  learn(experiment, subject, answer, true);
  // What the page itself reports, from the server.
  expect(await experiments.recordExposures(identity, [{ slug: experiment.slug }])).toEqual({ recorded: 0 });
  expect(
    await experiments.recordConversions(identity, [{ slug: experiment.slug, event: "clicked", key: "1" }]),
  ).toEqual({ recorded: 0 });
}

/** All nodes at once; and a day before that, or not. */
const sweep = fc.boolean().map((isDayLater) =>
  command(
    isDayLater ? "sweep a day later" : "sweep at once",
    ({ experiments }) => experiments.length > 0,
    async (model, world) => {
      if (isDayLater)
        await databaseOf(world).pool.query(
          `UPDATE "ExperimentVariant" SET "assignedAt" = "assignedAt" - interval '25 hours'
           WHERE "isProvisional" AND "exposedAt" IS NULL AND "experimentSlug" = ANY($1)`,
          [model.experiments.map(({ slug }) => slug)],
        );
      await Promise.all(
        world.nodes.map(({ database }) => new ProvisionalRowsRepository(database.pool).sweep()),
      );
      if (isDayLater)
        for (const experiment of model.experiments)
          experiment.rows = experiment.rows.filter((row) => !isWaiting(row));
    },
  ),
);

/** How often each is drawn is how often it stands here. */
export const firstSightCommands: fc.Arbitrary<Command>[] = [tabs, tabs, sweep];
