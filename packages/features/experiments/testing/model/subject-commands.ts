import fc from "fast-check";
import { expect } from "vitest";
import type { ExperimentAnswer } from "../../types/answers";
import { burst } from "./burst-command";
import { checkStats, databaseOf, nodeOf, readStored, type World } from "./check";
import { type Command, command, pick } from "./command";
import { firstSightCommands } from "./first-sight-commands";
import {
  aBrowser,
  expectedAnswer,
  type From,
  isLive,
  isWaiting,
  learn,
  type Model,
  type ModelExperiment,
  type ModelRow,
  speakingRow,
  subjectOf,
} from "./model";
import { index, pageOf, reportOf, who } from "./request";

/** Several experiments in one request, one of them twice: a page may name a slug in two places. */
const assign = who.map((from) =>
  command(`assign ${JSON.stringify(from)}`, hasExperiment, async (model, world) => {
    const { identity, claims, isRefused, from: caller, teamId } = pageOf(model, from);
    const { experiments } = nodeOf(world, from.node).module;
    const asked = [...model.experiments, pick(model.experiments, from.node)];
    const answers = experiments.decide(
      identity,
      asked.map(({ slug }) => ({ slug, ...claims })),
    );
    if (isRefused) {
      await expect(answers).rejects.toMatchObject({ code: "claim_refused" });
      return;
    }
    const answered = await answers;
    model.experiments.forEach((experiment, position) => {
      checkAnswer(model, experiment, caller, teamId, answered[position] as ExperimentAnswer);
    });
    const twice = answered.at(-1) as ExperimentAnswer;
    expect(twice.variant).toBe(answered[asked.indexOf(asked.at(-1) as ModelExperiment)]?.variant);
    expect(twice.isNewAssignment, "one of two answers is the new one").toBe(false);
  }),
);

export function checkAnswer(
  model: Model,
  experiment: ModelExperiment,
  from: From & { isFirstSight: boolean },
  teamId: number | undefined,
  answer: ExperimentAnswer,
): void {
  const subject = subjectOf(experiment, from, teamId);
  const row = speakingRow(model, experiment, from, subject);
  const { reasons, variant } = expectedAnswer(experiment, subject, row);
  expect(reasons, `the reason for ${subject} in ${experiment.slug}`).toContain(answer.reason);
  if (variant !== undefined) expect(answer.variant, `the variant of ${subject}`).toBe(variant);
  expect(answer.isControl).toBe(answer.variant === null || answer.variant === "control");
  if (subject !== null) learn(experiment, subject, answer, from.isFirstSight);
  // Whoever is found again has kept the cookie.
  const isItsOwn = from.isFirstSight && row?.subject === subject;
  if (answer.reason === "sticky" && row && !isItsOwn) row.isProvisional = false;
}

const expose = fc.tuple(who, index, fc.constantFrom(0, 0, 200)).map(([from, of, ageMs]) =>
  command(`expose #${of} ${JSON.stringify(from)}`, hasExperiment, async (model, world) => {
    const experiment = pick(model.experiments, of);
    const { identity, claims, isRefused, from: caller, teamId } = reportOf(model, from, experiment);
    const { slug } = experiment;
    const { experiments } = nodeOf(world, from.node).module;
    const recorded = experiments.recordExposures(identity, [{ slug, ageMs, ...claims }]);
    if (isRefused) {
      await expect(recorded).rejects.toMatchObject({ code: "claim_refused" });
      return;
    }
    await recorded;
    const subject = subjectOf(experiment, caller, teamId);
    let row = speakingRow(model, experiment, caller, subject);
    const { reasons } = expectedAnswer(experiment, subject, row);
    if (row === undefined && reasons.includes("allocated")) {
      // An exposure enrols: whether the hash let the subject in, its row says.
      const { rows } = await readStored(model, world);
      const found = rows.find((stored) => stored.slug === slug && stored.subject === subject);
      const reason = found ? "allocated" : "not_in_traffic";
      expect(reasons).toContain(reason);
      learn(experiment, subject as string, { reason, variant: found?.variant ?? null });
      row = speakingRow(model, experiment, caller, subject);
    }
    const isFirst = isLive(experiment) && row !== undefined && !row.isExposed;
    expect(await recorded).toEqual({ recorded: isFirst ? 1 : 0 });
    if (isFirst && row) row.isExposed = true;
  }),
);

const convert = fc
  .tuple(
    who,
    index,
    fc.constantFrom("clicked", "signed-up"),
    fc.constantFrom("1", "2"),
    fc.constantFrom(0, 500),
  )
  .map(([from, of, event, key, ageMs]) =>
    command(
      `convert #${of} by ${event} ${key} ${JSON.stringify(from)}`,
      hasExperiment,
      async (model, world) => {
        const experiment = pick(model.experiments, of);
        const { identity, claims, isRefused, from: caller, teamId } = reportOf(model, from, experiment);
        const { experiments } = nodeOf(world, from.node).module;
        const report = { slug: experiment.slug, event, key, ageMs, ...claims };
        const recorded = experiments.recordConversions(identity, [report, report]);
        if (isRefused) {
          await expect(recorded).rejects.toMatchObject({ code: "claim_refused" });
          return;
        }
        const row = speakingRow(model, experiment, caller, subjectOf(experiment, caller, teamId));
        if (row && isLive(experiment)) row.isProvisional = false;
        // What nobody has seen, nor ever will, takes nothing.
        const isNew =
          row !== undefined &&
          !isWaiting(row) &&
          !row.conversions.some((one) => one.event === event && one.key === key);
        expect(await recorded).toEqual({ recorded: isNew ? 1 : 0 });
        if (isNew) row.conversions.push({ event, key, occurredAt: null });
      },
    ),
  );

/** As the application does it: a browser that was somebody else's gets a new visitor. */
const login = fc.tuple(index, index, index).map(([which, as, node]) =>
  command(`login of user ${as} at browser ${which}`, hasUser, async (model, world) => {
    const { experiments } = nodeOf(world, node).module;
    const browser = pick(
      model.browsers.filter(({ isBlocking }) => !isBlocking),
      which,
    );
    browser.isNew = false;
    const userId = pick(model.users, as);
    const owner = model.links.get(browser.visitorId) ?? userId;
    const { isTheirs } = await experiments.linkVisitor(userId, browser.visitorId);
    expect(isTheirs).toBe(owner === userId);
    if (!isTheirs) {
      browser.visitorId = aBrowser().visitorId;
      await experiments.linkVisitor(userId, browser.visitorId);
    }
    model.links.set(browser.visitorId, userId);
    browser.userId = userId;
  }),
);

const logout = index.map((which) =>
  command(
    `logout at browser ${which}`,
    ({ browsers }) => pick(browsers, which).userId !== null,
    async ({ browsers }) => {
      Object.assign(pick(browsers, which), aBrowser());
    },
  ),
);

/** Ids, links and facts go; variants, times and every count stay. */
const erase = index.map((which) =>
  command(
    `erase user ${which}`,
    ({ users }) => users.length > 1,
    async (model, world) => {
      const userId = pick(model.users, which);
      await databaseOf(world).prisma.user.delete({ where: { id: userId } });
      for (const row of model.experiments.flatMap(({ rows }) => rows)) {
        const [unit, id = ""] = row.subject?.split(":") ?? [];
        const isTheirs = unit === "user" ? id === String(userId) : model.links.get(id) === userId;
        if (unit === "team" || !isTheirs) continue;
        if (unit === "visitor") row.erasedPerson = userId;
        row.subject = null;
        await checkForgotten(row, world);
      }
      for (const [visitorId, owner] of model.links) if (owner === userId) model.links.delete(visitorId);
      for (const browser of model.browsers) if (browser.userId === userId) Object.assign(browser, aBrowser());
      model.users = model.users.filter((id) => id !== userId);
      for (const team of model.teams) team.memberIds = team.memberIds.filter((id) => id !== userId);
      await checkStats(model, world);
    },
  ),
);

async function checkForgotten({ id, conversions }: ModelRow, world: World): Promise<void> {
  const { rows } = await databaseOf(world).pool.query<{ key: string }>(
    `SELECT "idempotencyKey" AS key FROM "ExperimentConversion" WHERE "assignmentId" = $1`,
    [id],
  );
  const before = new Set(conversions.map(({ key }) => key));
  expect(rows.length, "conversions of an erased subject").toBe(conversions.length);
  expect(
    rows.filter(({ key }) => before.has(key)),
    "keys that were kept",
  ).toEqual([]);
}

const count = fc.constant(null).map(() => command("count", hasExperiment, checkStats));

function hasExperiment({ experiments }: Readonly<Model>): boolean {
  return experiments.length > 0;
}

function hasUser({ users }: Readonly<Model>): boolean {
  return users.length > 0;
}

/** How often each is drawn is how often it stands here. */
export const subjectCommands: fc.Arbitrary<Command>[] = [
  ...[assign, assign, assign],
  ...[expose, expose, expose, expose],
  ...[convert, convert, convert],
  ...[login, login, login],
  ...[logout, erase, count],
  ...firstSightCommands,
  ...[burst, burst],
];
