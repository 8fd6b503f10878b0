import fc from "fast-check";
import { expect } from "vitest";
import type { ExperimentAnswer } from "../../types/answers";
import { adopt } from "./adopt";
import { nodeOf, readStored, synchronize, type World } from "./check";
import { type Command, command, pick } from "./command";
import {
  type From,
  isLive,
  type Model,
  type ModelExperiment,
  type ModelRow,
  rowsOfPerson,
  speakingRow,
  subjectOf,
} from "./model";
import { index, pageOf, reportOf, type Who, who } from "./request";
import { applySaves, patchOf, type ShareChange, shareChange } from "./shares";

interface Told {
  from: From;
  subject: string | null;
  answer: ExperimentAnswer;
  /** What the subject had been exposed to before. */
  seen: string | undefined;
  /** How many exposures the call recorded. */
  exposed: number;
}

/** Everybody at once, over all nodes, perhaps while two admins change the shares. */
export const burst: fc.Arbitrary<Command> = fc
  .tuple(
    fc.array(fc.tuple(who, index), { minLength: 8, maxLength: 24 }),
    fc.option(fc.tuple(shareChange, shareChange)),
    index,
  )
  .map(([callers, changes, of]) =>
    command(
      `burst of ${JSON.stringify(callers)} at #${of} during ${JSON.stringify(changes)}`,
      (model) => model.experiments.some(isLive),
      async (model, world) => {
        const experiment = pick(model.experiments.filter(isLive), of);
        const before = structuredClone({ rows: experiment.rows, epochs: experiment.epochs.length });
        const calls = callers.map(([from, kind]) => visit(model, world, experiment, from, kind));
        const [told, saves] = await Promise.all([
          Promise.all(calls),
          saveAll(world, experiment, changes ?? []),
        ]);
        if (changes) applySaves(experiment, changes, saves);
        await synchronize(world);

        adopt(experiment, await readStored(model, world));
        // At which share somebody was outside is not known any more.
        experiment.outsideAt.clear();
        checkRows(before, experiment);
        const answered = told.flatMap((one) => one ?? []);
        for (const one of answered) checkTold(model, experiment, one);
        const exposed = countExposed(experiment.rows) - countExposed(before.rows);
        expect(sum(answered.map((one) => one.exposed)), "each row is exposed once").toBe(exposed);
      },
    ),
  );

/** Decides, and then exposes or converts, as the kind has it. */
async function visit(
  model: Model,
  world: World,
  experiment: ModelExperiment,
  asked: Who,
  kind: number,
): Promise<Told | null> {
  const page = pageOf(model, asked);
  const report = reportOf(model, asked, experiment);
  if (page.isRefused) return null;
  const { experiments } = nodeOf(world, asked.node).module;
  const subject = subjectOf(experiment, page.from, page.teamId);
  const row = speakingRow(model, experiment, page.from, subject);
  const { slug } = experiment;
  const [answer] = await experiments.decide(page.identity, [{ slug, ...page.claims }]);
  let exposed = 0;
  const seenHere = { slug, ...report.claims };
  if (kind % 3 === 0) exposed = (await experiments.recordExposures(report.identity, [seenHere])).recorded;
  if (kind % 3 === 1) {
    const click = { ...seenHere, event: "clicked", key: `burst ${kind}` };
    await experiments.recordConversions(report.identity, [click]);
  }
  const seen = row?.isExposed ? row.variant : undefined;
  return { from: page.from, subject, answer: answer as ExperimentAnswer, seen, exposed };
}

/** From the same form, each by another node. */
function saveAll(world: World, { slug, version }: ModelExperiment, changes: ShareChange[]) {
  return Promise.allSettled(
    changes.map((change, node) => {
      const { module, admin } = nodeOf(world, node);
      return module.admin.editing.updateConfig(admin, { slug, version, patch: patchOf(change) });
    }),
  );
}

function checkRows(before: { rows: ModelRow[]; epochs: number }, { rows, epochs }: ModelExperiment): void {
  for (const row of rows) {
    const earlier = before.rows.find(({ id }) => id === row.id);
    if (earlier === undefined)
      expect([before.epochs, epochs.length], "the epoch of a new row").toContain(row.epochs[0]);
    else expect(row).toMatchObject({ subject: earlier.subject, variant: earlier.variant });
  }
  const ids = new Set(rows.map(({ id }) => id));
  expect(
    before.rows.filter(({ id }) => !ids.has(id)),
    "rows that were lost",
  ).toEqual([]);
}

function checkTold(model: Model, experiment: ModelExperiment, { from, subject, answer, seen }: Told): void {
  const possibleReasons = experiment.status === "paused" ? ["paused"] : ["allocated", "not_in_traffic"];
  expect([...possibleReasons, "sticky", "no_unit"]).toContain(answer.reason);
  if (seen !== undefined) expect(answer.variant, `${subject} was exposed and stays`).toBe(seen);
  if (answer.variant === null) return;
  const rows =
    experiment.unit === "visitor"
      ? rowsOfPerson(model, experiment, from)
      : experiment.rows.filter((row) => row.subject === subject);
  const stored = rows.map(({ variant }) => variant);
  expect(stored, `${subject} has what it was told`).toContain(answer.variant);
}

const countExposed = (rows: ModelRow[]): number => rows.filter(({ isExposed }) => isExposed).length;
const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);
