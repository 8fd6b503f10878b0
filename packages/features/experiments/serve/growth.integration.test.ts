// What a request costs depends on its own rows, never on how many other people there are: each statement that the doors
// run is read as the server has carried it out. GROWTH=full takes 1.5 million rows.

import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EventsRepository } from "../lib/server/events.repository";
import { CROWD_MS, Crowd, type CrowdExperiments } from "../testing/crowd";
import {
  anIdentity,
  aRunningExperiment,
  createFixture,
  createTeam,
  createUser,
  type Fixture,
} from "../testing/database-fixtures";
import { type CarriedOut, explained, gatherPlans, isCompiled, readsOthers } from "../testing/query-plans";
import type { Unit } from "../types/settings";
import type { ExperimentsService } from "./experiments.service";
import type { Identity } from "./identity";
import { MembersRepository } from "./members.repository";

const { connectionString } = await testDatabase();
let setup: Fixture;
let crowd: Crowd;
let all: Required<CrowdExperiments> & { slugs: string[] };

beforeAll(async () => {
  setup = await createFixture(connectionString);
  // Rules that ask for facts, and answer yes to everybody.
  const anybody = { plans: ["individual", "teams", "organization"] as const };
  const start = async (unit: Unit) =>
    (await aRunningExperiment(setup, { unit, targetingRules: { plans: [...anybody.plans] } })).slug;
  const startAll = async (unit: Unit, count: number) => {
    const slugs: string[] = [];
    for (let index = 0; index < count; index++) slugs.push(await start(unit));
    return slugs;
  };
  const [big, ofUsers, ofTeams, ofVisitors] = [
    await start("visitor"),
    await startAll("user", 7),
    await startAll("team", 3),
    await startAll("visitor", 5),
  ];
  all = { big, ofUsers, ofTeams, ofVisitors, slugs: [big, ...ofUsers, ...ofTeams, ...ofVisitors] };
  crowd = new Crowd(connectionString, all);
  await crowd.addFew();
  await setup.database.pool.query("ANALYZE");
  await crowd.addMany();
}, CROWD_MS);
afterAll(() => setup.close());

describe.each([
  ["statistics that are older than the crowd", false, {}],
  ["fresh statistics", true, {}],
  ["fresh statistics and plans that fit any parameter", true, { plan_cache_mode: "force_generic_plan" }],
])("with %s", (_what, isFresh, settings) => {
  test(
    "every statement of the serving path reads its own rows and nobody else's",
    async () => {
      if (isFresh) await setup.database.pool.query("ANALYZE");
      const plans = await runAllDoors(settings);
      expect(plans.length).toBeGreaterThan(50);
      expect(plans.filter(readsOthers)).toEqual([]);
      if (isFresh) expect(plans.filter(isCompiled)).toEqual([]);
    },
    CROWD_MS,
  );
});

describe("a conversion that server code reports, of a subject in all experiments", () => {
  /** What the statement that credits goes through. */
  async function creditBlocks(
    earlier: number,
    prepare: (identity: Identity) => Promise<unknown> = async () => {},
  ) {
    const fixture = await createFixture(explained(connectionString));
    const plans = gatherPlans(fixture.database.pool);
    const { experiments } = fixture.module;
    const identity = anIdentity({ userId: await createUser(fixture.database), visitorId: randomUUID() });
    const slugs = [all.big, ...all.ofUsers, ...all.ofVisitors];
    await experiments.recordExposures(
      identity,
      slugs.map((slug) => ({ slug })),
    );
    await setup.database.pool.query(
      `INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey")
       SELECT "id", 'sold', 'earlier ' || i FROM "ExperimentVariant", generate_series(1, $3) AS i
       WHERE "userId" = $1 OR "visitorId" = $2`,
      [identity.userId, identity.visitorId, earlier],
    );
    await prepare(identity);
    expect(await experiments.trackConversion("sold", { subject: identity })).toEqual({
      recorded: slugs.length,
    });
    await fixture.close();
    return plans.find(({ text }) => text.includes("credit AS MATERIALIZED"))?.blocks ?? Number.NaN;
  }

  test(
    "costs the same with a thousand earlier ones in each as with none",
    async () => {
      expect(await creditBlocks(1_000)).toBeLessThan(1.5 * (await creditBlocks(0)));
    },
    CROWD_MS,
  );

  test(
    "costs the same for an account on thousands of machines, but for its first hundred links",
    async () => {
      const linkMany = ({ userId }: Identity) =>
        setup.database.pool.query(
          `INSERT INTO "VisitorLink" ("visitorId", "userId") SELECT gen_random_uuid(), $1 FROM generate_series(1, 10000)`,
          [userId],
        );
      const blocksPerLink = 6;
      expect(await creditBlocks(0, linkMany)).toBeLessThan((await creditBlocks(0)) + 100 * blocksPerLink);
    },
    CROWD_MS,
  );
});

/** A database of its own for each, so that no plan is left from before. */
async function runAllDoors(settings: Record<string, string>): Promise<CarriedOut[]> {
  const fixture = await createFixture(explained(connectionString, settings));
  const plans = gatherPlans(fixture.database.pool);
  try {
    await Somebody.through(fixture);
    return plans;
  } finally {
    await fixture.close();
  }
}

class Somebody {
  readonly #fixture: Fixture;
  readonly #userId: number;
  readonly #teamId: number;
  readonly #identity: Identity;

  static async through(fixture: Fixture): Promise<void> {
    const userId = await createUser(fixture.database, { country: "DE" });
    const teamId = await createTeam(fixture.database, [userId], true);
    for (let index = 0; index < 3; index++) await createTeam(fixture.database, [userId]);
    const somebody = new Somebody(fixture, userId, teamId);
    const doors = somebody.#doors();
    // A new door is added here.
    expect(Object.keys(doors).sort()).toEqual(Object.keys(fixture.module.experiments).sort());
    for (const door of Object.values(doors)) await door();
    await somebody.#sendEvents();
    await new MembersRepository(fixture.database.pool).standing(userId);
  }

  private constructor(fixture: Fixture, userId: number, teamId: number) {
    this.#fixture = fixture;
    this.#userId = userId;
    this.#teamId = teamId;
    this.#identity = anIdentity({ userId, visitorId: randomUUID() });
  }

  #doors(): Record<keyof ExperimentsService, () => Promise<unknown>> {
    const { experiments } = this.#fixture.module;
    const [userId, teamId, identity] = [this.#userId, this.#teamId, this.#identity];
    const requests = all.slugs.map((slug) => (all.ofTeams.includes(slug) ? { slug, teamId } : { slug }));
    const options = { subject: identity, team: teamId };
    return {
      stamp: () => experiments.stamp(),
      listActive: () => experiments.listActive(),
      linkVisitor: async () => {
        for (const visitorId of [identity.visitorId as string, randomUUID(), randomUUID()])
          await experiments.linkVisitor(userId, visitorId);
      },
      isOthersVisitor: () => experiments.isOthersVisitor(userId, identity.visitorId as string),
      foresee: () => experiments.foresee(identity, requests),
      forgetSubject: async () => {
        const visitorId = randomUUID();
        await experiments.decide(anIdentity({ visitorId }), [{ slug: all.big }]);
        await experiments.forgetSubject({ visitorId });
      },
      answerFlags: async () => {
        for (const asker of [{ userId }, { userId, teamId }, { userId: null, teamId }])
          expect(await experiments.answerFlags(asker, ["many-flag"])).toHaveProperty("many-flag");
      },
      decide: async () => {
        const fromAnotherBrowser = anIdentity({ visitorId: randomUUID() });
        await experiments.decide(fromAnotherBrowser, [{ slug: all.big }]);
        for (let visit = 0; visit < 2; visit++) {
          const answers = await experiments.decide(identity, requests);
          expect(answers.map(({ variant }) => variant)).not.toContain(null);
        }
      },
      decideFor: async () => {
        await experiments.decideFor({ userId }, all.ofUsers);
        await experiments.decideFor({ teamId }, all.ofTeams);
        await experiments.decideFor({ visitorId: randomUUID() }, [all.big, ...all.ofVisitors]);
      },
      recordExposures: async () => {
        expect(await experiments.recordExposures(identity, requests)).toEqual({ recorded: all.slugs.length });
        expect(await experiments.recordExposures(identity, requests)).toEqual({ recorded: 0 });
      },
      exposeFor: () => experiments.exposeFor({ visitorId: randomUUID() }, [all.big]),
      recordConversions: () =>
        experiments.recordConversions(identity, [
          { event: "clicked", key: "1" },
          { event: "clicked", key: "1", slug: all.big },
        ]),
      trackConversion: async () => {
        const sold = { event: "sold", key: "1" };
        expect(await experiments.trackConversion(sold, options)).toEqual({ recorded: all.slugs.length });
        expect(await experiments.trackConversion(sold, options)).toEqual({ recorded: 0 });
        await experiments.trackConversion("sold", { subject: { teamId } });
        await experiments.trackConversion("sold", { subject: identity, experiment: all.big });
      },
      trackConversionWithin: () =>
        this.#fixture.database.prisma.$transaction(async (tx) => {
          expect(await experiments.trackConversionWithin(tx, "sold", options)).toEqual({
            recorded: all.slugs.length,
          });
        }),
      forgetVisitor: () => experiments.forgetVisitor(identity.visitorId as string),
    };
  }

  async #sendEvents(): Promise<void> {
    const events = new EventsRepository(this.#fixture.database.pool);
    const holder = randomUUID();
    await events.claim(holder, 1_000);
    // Their rows are older than the first who sends.
    await this.#fixture.database.pool.query(`UPDATE "Lease" SET "startedAt" = '-infinity'`);
    const all = { from: null, except: [] };
    const unsent = await events.unsent(10, { exposure: all, conversion: all });
    expect(unsent).toHaveLength(20);
    await events.markSent(unsent);
    await events.release(holder, false);
  }
}
