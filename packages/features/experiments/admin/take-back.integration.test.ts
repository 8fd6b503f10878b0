import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, describe, expect, it } from "vitest";
import { anIdentity, aRunningExperiment, createFixture, createUser } from "../testing/database-fixtures";

const { connectionString } = await testDatabase();
const fixture = await createFixture(connectionString);
const { database, module, admin: owner } = fixture;
const { lifecycle, catalog, activity } = module.admin;
afterAll(() => fixture.close());

async function served(slug: string): Promise<string | null> {
  const identity = anIdentity({ userId: await createUser(database) });
  return (await module.experiments.decide(identity, [{ slug }]))[0]?.variant ?? null;
}

/** One that somebody took part in, and that has ended. */
async function anEnd(winnerVariant: string | null = "urgent") {
  const { slug, version } = await aRunningExperiment(fixture);
  await served(slug);
  const why = { reason: "stopped_early", learning: "Urgency sells" } as const;
  return lifecycle.conclude(owner, { slug, version, winnerVariant, ...why });
}

async function endedAgo(slug: string, milliseconds: number): Promise<number> {
  await database.pool.query(
    `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", '{endedAt}', to_jsonb(to_char(
       clock_timestamp() AT TIME ZONE 'UTC' - make_interval(secs => $2::float8 / 1000), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
     WHERE "slug" = $1`,
    [slug, milliseconds],
  );
  return (await catalog.get(owner, slug)).version;
}

const A_DAY = 86_400_000;

describe("a winner that is withdrawn", () => {
  it("is served to nobody from then on, and the measurement stays closed with its receipt", async () => {
    const { slug, version, takeBackUntil, config } = await anEnd();
    expect(takeBackUntil?.toISOString()).toBe(
      new Date(Date.parse(config?.endedAt ?? "") + A_DAY).toISOString(),
    );
    expect(await served(slug)).toBe("urgent");
    const { receipt } = await module.results.get(owner, slug);
    const rows = () => database.prisma.experimentVariant.findMany({ where: { experimentSlug: slug } });
    const epochs = () => database.prisma.experimentEpoch.findMany({ where: { experimentSlug: slug } });
    const before = [await rows(), await epochs()];

    const after = await lifecycle.takeBackWinner(owner, { slug, version });
    expect(after).toMatchObject({
      status: "concluded",
      winnerVariant: null,
      takeBackUntil: null,
      config: {
        takenBack: { variant: "urgent" },
        conclusionReason: "stopped_early",
        learning: "Urgency sells",
        endedAt: config?.endedAt,
      },
    });
    expect(await served(slug)).toBeNull();
    expect((await module.results.get(owner, slug)).receipt).toEqual(receipt);
    expect(await module.verification.verify(slug)).toMatchObject({ matches: true });
    expect([await rows(), await epochs()]).toEqual(before);
    const { entries } = await activity.list(owner, { slug });
    expect(entries[0]?.differences.map(({ path }) => path).sort()).toEqual(["takenBack", "winnerVariant"]);
    const again = lifecycle.takeBackWinner(owner, { slug, version: after.version });
    await expect(again).rejects.toMatchObject({ code: "invalid_transition" });
  });

  it("can be within a day of the end by the clock of the database, and no longer", async () => {
    const { slug } = await anEnd();
    const late = await endedAgo(slug, A_DAY + 1_000);
    await expect(lifecycle.takeBackWinner(owner, { slug, version: late })).rejects.toMatchObject({
      code: "invalid_transition",
      message: expect.stringContaining("within a day"),
    });
    expect(await served(slug)).toBe("urgent");
    const inTime = await endedAgo(slug, A_DAY - 60_000);
    await lifecycle.takeBackWinner(owner, { slug, version: inTime });
    expect(await served(slug)).toBeNull();
  });

  it("can be of one that is archived, and not of one without a winner, or that runs", async () => {
    const { slug, version } = await anEnd();
    const archived = await lifecycle.updateStatus(owner, { slug, version, action: "archive" });
    expect(await lifecycle.takeBackWinner(owner, { slug, version: archived.version })).toMatchObject({
      status: "archived",
      winnerVariant: null,
    });
    const refused = { code: "invalid_transition" };
    await expect(lifecycle.takeBackWinner(owner, await anEnd(null))).rejects.toMatchObject(refused);
    const running = await aRunningExperiment(fixture);
    await expect(lifecycle.takeBackWinner(owner, running)).rejects.toMatchObject(refused);
  });

  it("is refused of a state that nobody looked at", async () => {
    const { slug, version } = await anEnd();
    const stale = lifecycle.takeBackWinner(owner, { slug, version: version - 1 });
    await expect(stale).rejects.toMatchObject({ code: "stale_version" });
    expect(await served(slug)).toBe("urgent");
  });
});
