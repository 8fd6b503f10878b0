import { fc } from "@fast-check/vitest";
import { expect } from "vitest";
import type { ExperimentAnswer } from "../../types";
import { anIdentity } from "../database-fixtures";
import { applySaves, patchOf, type ShareChange, shareChange } from "./admin-commands";
import { adopt, checkStats, databaseOf, nodeOf, readStored, synchronize } from "./check";
import { type Command, command, pick } from "./command";
import {
  aBrowser,
  type Browser,
  expectedAnswer,
  isLive,
  learn,
  type Model,
  type ModelExperiment,
  rowsOfPerson,
  speakingRow,
  subjectOf,
} from "./model";

const index = fc.nat({ max: 99 });
const who = fc.record({ browser: index, team: fc.option(index, { nil: undefined }), node: index });

interface Who {
  browser: number;
  team?: number | undefined;
  node: number;
}

/** The browser and the team of a request, and whether its claim to the team must be refused. */
function requestOf(model: Model, { browser: which, team: ofTeam }: Who) {
  const browser = pick(model.browsers, which);
  const team = ofTeam === undefined ? undefined : pick(model.teams, ofTeam);
  const isRefused =
    team !== undefined && (browser.userId === null || !team.memberIds.includes(browser.userId));
  const claims = team === undefined ? {} : { teamId: team.id };
  return { browser, teamId: team?.id, isRefused, claims, identity: anIdentity({ ...browser }) };
}

/** Several experiments in one request, one of them twice: a page may name a slug in two places. */
const assign = who.map((from) =>
  command(`assign ${JSON.stringify(from)}`, hasExperiment, async (model, world) => {
    const { identity, claims, isRefused, browser, teamId } = requestOf(model, from);
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
      checkAnswer(model, experiment, browser, teamId, answered[position] as ExperimentAnswer);
    });
    const twice = answered.at(-1) as ExperimentAnswer;
    expect(twice.variant).toBe(answered[asked.indexOf(asked.at(-1) as ModelExperiment)]?.variant);
    expect(twice.isNewAssignment, "one of two answers is the new one").toBe(false);
  }),
);

function checkAnswer(
  model: Model,
  experiment: ModelExperiment,
  browser: Browser,
  teamId: number | undefined,
  answer: ExperimentAnswer,
): void {
  const subject = subjectOf(experiment, browser, teamId);
  const row = speakingRow(model, experiment, browser, subject);
  const { reasons, variant } = expectedAnswer(experiment, subject, row);
  expect(reasons, `the reason for ${subject} in ${experiment.slug}`).toContain(answer.reason);
  if (variant !== undefined) expect(answer.variant, `the variant of ${subject}`).toBe(variant);
  expect(answer.isControl).toBe(answer.variant === null || answer.variant === "control");
  if (subject !== null) learn(experiment, subject, answer);
}

const expose = fc.tuple(who, index, fc.constantFrom(0, 0, 200)).map(([from, of, ageMs]) =>
  command(`expose #${of} ${JSON.stringify(from)}`, hasExperiment, async (model, world) => {
    const { identity, claims, isRefused, browser, teamId } = requestOf(model, from);
    const experiment = pick(model.experiments, of);
    const { slug } = experiment;
    const { experiments } = nodeOf(world, from.node).module;
    const recorded = experiments.recordExposures(identity, [{ slug, ageMs, ...claims }]);
    if (isRefused) {
      await expect(recorded).rejects.toMatchObject({ code: "claim_refused" });
      return;
    }
    await recorded;
    const subject = subjectOf(experiment, browser, teamId);
    let row = speakingRow(model, experiment, browser, subject);
    const { reasons } = expectedAnswer(experiment, subject, row);
    if (row === undefined && reasons.includes("allocated")) {
      // An exposure enrols: whether the hash let the subject in, its row says.
      const { rows } = await readStored(model, world);
      const found = rows.find((stored) => stored.slug === slug && stored.subject === subject);
      const reason = found ? "allocated" : "not_in_traffic";
      expect(reasons).toContain(reason);
      learn(experiment, subject as string, { reason, variant: found?.variant ?? null });
      row = speakingRow(model, experiment, browser, subject);
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
        const { identity, claims, isRefused, browser, teamId } = requestOf(model, from);
        const experiment = pick(model.experiments, of);
        const { experiments } = nodeOf(world, from.node).module;
        const report = { slug: experiment.slug, event, key, ageMs, ...claims };
        const recorded = experiments.recordConversions(identity, [report, report]);
        if (isRefused) {
          await expect(recorded).rejects.toMatchObject({ code: "claim_refused" });
          return;
        }
        const row = speakingRow(model, experiment, browser, subjectOf(experiment, browser, teamId));
        const isNew =
          row !== undefined && !row.conversions.some((one) => one.event === event && one.key === key);
        expect(await recorded).toEqual({ recorded: isNew ? 1 : 0 });
        if (isNew) row.conversions.push({ event, key, occurredAt: null });
      },
    ),
  );

/** As the application does it: a browser that was somebody else's gets a new visitor. */
const login = fc.tuple(index, index, index).map(([which, as, node]) =>
  command(`login of user ${as} at browser ${which}`, hasUser, async (model, world) => {
    const { experiments } = nodeOf(world, node).module;
    const browser = pick(model.browsers, which);
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
      }
      for (const [visitorId, owner] of model.links) if (owner === userId) model.links.delete(visitorId);
      for (const browser of model.browsers) if (browser.userId === userId) Object.assign(browser, aBrowser());
      model.users = model.users.filter((id) => id !== userId);
      for (const team of model.teams) team.memberIds = team.memberIds.filter((id) => id !== userId);
      await checkStats(model, world);
    },
  ),
);

const count = fc.constant(null).map(() => command("count", hasExperiment, checkStats));

/** Everybody at once, over all nodes, perhaps while two admins change the shares. */
const burst = fc
  .tuple(
    fc.array(fc.tuple(who, index), { minLength: 8, maxLength: 24 }),
    fc.option(fc.tuple(shareChange, shareChange)),
    index,
  )
  .map(([callers, changes, of]) =>
    command(
      `burst of ${callers.length} at #${of}${changes ? ` during ${JSON.stringify(changes)}` : ""}`,
      (model) => model.experiments.some(isLive),
      async (model, world) => {
        const experiment = pick(model.experiments.filter(isLive), of);
        const { slug, version } = experiment;
        const before = structuredClone({ rows: experiment.rows, epochs: experiment.epochs.length });
        const told: {
          browser: Browser;
          subject: string | null;
          answer: ExperimentAnswer;
          sure: string | undefined;
        }[] = [];
        const calls = callers.map(async ([from, kind]) => {
          const { identity, claims, isRefused, browser, teamId } = requestOf(model, from);
          if (isRefused) return;
          const { experiments } = nodeOf(world, from.node).module;
          const subject = subjectOf(experiment, browser, teamId);
          const row = speakingRow(model, experiment, browser, subject);
          const request = { slug, ...claims };
          const [answer] = await experiments.decide(identity, [request]);
          if (answer) told.push({ browser, subject, answer, sure: row?.isExposed ? row.variant : undefined });
          if (kind % 3 === 0) await experiments.recordExposures(identity, [request]);
          if (kind % 3 === 1)
            await experiments.recordConversions(identity, [
              { ...request, event: "clicked", key: `burst ${kind}` },
            ]);
        });
        const saves = (changes ?? []).map((change, node) =>
          nodeOf(world, node).module.admin.updateConfig(nodeOf(world, node).admin, {
            slug,
            version,
            patch: patchOf(change),
          }),
        );
        const [settled] = await Promise.all([Promise.allSettled(saves), ...calls]);
        if (changes) applySaves(experiment, changes satisfies ShareChange[], settled);
        await synchronize(world);

        adopt(experiment, await readStored(model, world));
        experiment.outsideAt.clear();
        checkNobodyMoved(before.rows, experiment);
        for (const { epochs, id } of experiment.rows)
          if (!before.rows.some((row) => row.id === id))
            expect([before.epochs, experiment.epochs.length], "the epoch of a new row").toContain(epochs[0]);
        for (const { browser, subject, answer, sure } of told) {
          expect(answer.reason).not.toBe("unavailable");
          if (answer.variant === null) continue;
          const own = experiment.rows.filter((row) => row.subject === subject);
          const possible = experiment.unit === "visitor" ? rowsOfPerson(model, experiment, browser) : own;
          expect(
            possible.map(({ variant }) => variant),
            `${subject} has what it was told`,
          ).toContain(answer.variant);
          if (sure !== undefined) expect(answer.variant, `${subject} was exposed and stays`).toBe(sure);
        }
      },
    ),
  );

function checkNobodyMoved(before: ModelExperiment["rows"], experiment: ModelExperiment): void {
  for (const row of before) {
    const after = experiment.rows.find(({ id }) => id === row.id);
    expect(after).toMatchObject({ subject: row.subject, variant: row.variant, exposedAt: row.exposedAt });
  }
}

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
  ...[burst, burst],
];
