import { createHash } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, describe, expect, it } from "vitest";
import type { ReportFacts } from "../results/report";
import { PreviewLinksRepository } from "../serve/preview-links.repository";
import { anIdentity, aRunningExperiment, createFixture, createUser } from "../testing/database-fixtures";
import { leaksIn } from "../testing/leaks";
import { watchStatements } from "../testing/watch-statements";
import { aWithheldExperiment, WITHHELD_REASONS } from "../testing/withheld";

const { connectionString } = await testDatabase();
const fixture = await createFixture(connectionString);
const { database, module, admin: owner } = fixture;
const { reports, lifecycle, activity } = module.admin;
afterAll(() => fixture.close());

const open = (token: string) => module.sharedReports.open(token);

async function somebodyWith(role: "VIEWER" | "EDITOR" | "ADMIN") {
  const userId = await createUser(database);
  await database.prisma.experimentMember.create({ data: { userId, role } });
  return { userId };
}

/** An editor with a link that opens a report. */
async function aLink() {
  const { slug, version } = await aRunningExperiment(fixture);
  const maker = await somebodyWith("EDITOR");
  const link = await reports.mintLink(maker, { slug, days: 7 });
  expect((await open(link.token))?.slug).toBe(slug);
  return { slug, version, maker, ...link };
}
type Link = Awaited<ReturnType<typeof aLink>>;

describe("what opens a report", () => {
  it("is 32 random bytes, of which the database has the hash alone", async () => {
    const { token, slug } = await aLink();
    expect(token).toMatch(/^[\w-]{43}$/);
    const hash = createHash("sha256").update(token).digest("hex");
    const rows = await database.prisma.previewLink.findMany({ where: { experimentSlug: slug } });
    expect(rows.map(({ tokenHash }) => tokenHash)).toEqual([hash]);
    const tables = await database.pool.query(
      `SELECT to_jsonb(whole)::text AS "row" FROM "PreviewLink" AS whole
       UNION ALL SELECT to_jsonb(whole)::text FROM "AuditLog" AS whole`,
    );
    expect(tables.rows.filter(({ row }) => row.includes(token))).toEqual([]);
    expect(await open(hash)).toBeNull();
  });

  it.each<[string, (link: Link) => Promise<unknown>]>([
    ["is taken back by whoever made it", ({ slug, id, maker }) => reports.revokeLink(maker, { slug, id })],
    ["is taken back by somebody else", ({ slug, id }) => reports.revokeLink(owner, { slug, id })],
    [
      "has expired",
      ({ id }) =>
        database.pool.query(`UPDATE "PreviewLink" SET "expiresAt" = clock_timestamp() WHERE "id" = $1`, [id]),
    ],
    [
      "was made by somebody who may only look now",
      ({ maker: { userId } }) =>
        database.prisma.experimentMember.update({ where: { userId }, data: { role: "VIEWER" } }),
    ],
    [
      "was made by somebody without a role now",
      ({ maker: { userId } }) => database.prisma.experimentMember.delete({ where: { userId } }),
    ],
    [
      "was made by somebody who is gone",
      ({ maker: { userId } }) => database.prisma.user.delete({ where: { id: userId } }),
    ],
    [
      "is of an experiment that was deleted",
      ({ slug, version }) => lifecycle.delete(owner, { slug, version, confirmSlug: slug }),
    ],
  ])("opens nothing once it %s, and costs what a made-up one does", async (_, end) => {
    const link = await aLink();
    await end(link);
    const statements = await watchStatements(database.pool, () => open(link.token));
    const madeUp = await watchStatements(database.pool, () => open("A".repeat(43)));
    expect(await open(link.token)).toBeNull();
    expect(statements.map(({ text }) => text)).toEqual(madeUp.map(({ text }) => text));
    expect(statements).toHaveLength(1);
    expect((await reports.listLinks(owner, link.slug)).map(({ id }) => id)).not.toContain(link.id);
  });

  it("works again with the role of its maker", async () => {
    const { token, maker, slug } = await aLink();
    const roleOf = (role: "VIEWER" | "EDITOR") =>
      database.prisma.experimentMember.update({ where: { userId: maker.userId }, data: { role } });
    await roleOf("VIEWER");
    expect(await open(token)).toBeNull();
    await roleOf("EDITOR");
    expect((await open(token))?.slug).toBe(slug);
  });

  it("is of no experiment that is deleted in this moment", async () => {
    const links = new PreviewLinksRepository(database.pool, "report");
    const link = {
      slug: "deleted-meanwhile",
      expiresAt: new Date(Date.now() + 60_000),
      tokenHash: "0".repeat(64),
    };
    expect(await links.add(owner.userId, link, { most: 1, counts: () => true })).toBeNull();
  });

  it("lasts as many days as were asked for, and ninety at most", async () => {
    const { slug } = await aRunningExperiment(fixture);
    const daysOf = async (days: number) => {
      const { expiresAt } = await reports.mintLink(owner, { slug, days });
      return Math.round((expiresAt.getTime() - Date.now()) / 86_400_000);
    };
    expect([await daysOf(1), await daysOf(90), await daysOf(1_000)]).toEqual([1, 90, 90]);
  });

  it("is no preview link, nor is one of those: each is listed and ended at its own door", async () => {
    const { slug, id } = await aLink();
    const preview = await module.previews.mintLinks(owner, { slug, days: 1 });
    const listed = async () => [
      (await reports.listLinks(owner, slug)).map((link) => link.id),
      (await module.previews.listLinks(owner, slug)).map((link) => link.id),
    ];
    expect(await listed()).toEqual([[id], [preview.id]]);
    const gone = { code: "not_found" };
    await expect(module.previews.revokeLinks(owner, { slug, id })).rejects.toMatchObject(gone);
    await expect(reports.revokeLink(owner, { slug, id: preview.id })).rejects.toMatchObject(gone);
    expect(await listed()).toEqual([[id], [preview.id]]);
  });

  it("is one of a hundred at most, all of which are listed and can be revoked, however many are made at once", async () => {
    const { slug } = await aLink();
    const preview = (days: number) => module.previews.mintLinks(owner, { slug, days });
    for (let made = 0; made < 95; made++) await preview(1);
    const atOnce = await Promise.allSettled(Array.from({ length: 15 }, () => preview(1)));
    const refused = atOnce.flatMap((made) => (made.status === "rejected" ? made.reason.code : []));
    expect(refused).toEqual(Array(10).fill("too_many_links"));
    const [oldest, ...others] = (await module.previews.listLinks(owner, slug)).reverse();
    expect(others).toHaveLength(99);
    await module.previews.revokeLinks(owner, { slug, id: oldest?.id ?? "" });
    await preview(1);
    // Those of the other kind are counted apart.
    expect(await reports.listLinks(owner, slug)).toHaveLength(1);
  });

  it("is listed without itself, and leaves a line in the activity when it is made and taken back", async () => {
    const { slug, id, token, maker } = await aLink();
    expect(JSON.stringify(await reports.listLinks(owner, slug))).not.toMatch(
      new RegExp(`${token}|tokenHash|[0-9a-f]{64}`),
    );
    await reports.revokeLink(owner, { slug, id });
    const { entries } = await activity.list(owner, { slug });
    const ofLinks = entries.filter(({ tableName }) => tableName === "PreviewLink");
    expect(ofLinks.map(({ action, actor, isReportLink }) => [action, actor?.id, isReportLink])).toEqual([
      ["DELETE", owner.userId, true],
      ["INSERT", maker.userId, true],
    ]);
    expect(JSON.stringify(ofLinks)).not.toMatch(/[0-9a-f]{64}/);
  });
});

describe("what a link shows", () => {
  it("names nobody: neither who made, started, ended or owns it, nor whoever takes part", async () => {
    const mark = "customer.example";
    const { id: userId } = await database.prisma.user.create({
      data: { email: `buyer@${mark}`, name: `Buyer of ${mark}`, passwordHash: "-" },
    });
    const running = await aRunningExperiment(fixture, {
      hypothesis: `As boss@${mark} said`,
      targetingRules: { userAttributes: { email: { $regex: mark } } },
      clientEvents: ["clicked"],
    });
    const { slug } = running;
    const identity = anIdentity({ userId });
    await module.experiments.decide(identity, [{ slug }]);
    await module.experiments.recordExposures(identity, [{ slug }]);
    const { token } = await reports.mintLink(owner, { slug, days: 1 });
    await lifecycle.conclude(owner, { ...running, winnerVariant: "urgent", learning: `Ask it@${mark}` });
    const shared = JSON.stringify(await open(token));
    expect(shared).not.toMatch(new RegExp(`${mark}|Ada|admin@test|"userId"|"visitorId"`));
    const own = await reports.read(owner, slug);
    expect(own.people).toEqual({ owner: "Ada", startedBy: "Ada", concludedBy: "Ada", takenBackBy: null });
    expect(JSON.stringify(own)).toContain(mark);
  });

  it.each(WITHHELD_REASONS)(
    "of an experiment that is %s withholds the same as every door",
    async (reason) => {
      const { slug, secrets } = await aWithheldExperiment(fixture, reason, "running");
      const { token } = await reports.mintLink(owner, { slug, days: 1 });
      const report = async (): Promise<(ReportFacts | null)[]> => [
        await open(token),
        await reports.read(owner, slug),
        await reports.export(owner, slug),
      ];
      for (const facts of await report()) {
        expect(facts?.view.figures).toBe("withheld");
        expect(leaksIn(facts, secrets)).toEqual([]);
      }
      const { version } = await module.admin.catalog.get(owner, slug);
      await lifecycle.conclude(owner, { slug, version, winnerVariant: null });
      // The search finds them where they may be told.
      for (const facts of await report()) expect(leaksIn(facts, secrets)).not.toEqual([]);
    },
  );

  it("is what is known now, with the receipt once it has ended", async () => {
    const { slug, version } = await aRunningExperiment(fixture);
    const { token } = await reports.mintLink(owner, { slug, days: 1 });
    expect(await open(token)).toMatchObject({ status: "running", view: { receipt: null } });
    await lifecycle.conclude(owner, { slug, version, winnerVariant: "urgent", reason: "stopped_early" });
    expect(await open(token)).toMatchObject({
      status: "concluded",
      winnerVariant: "urgent",
      conclusionReason: "stopped_early",
      view: { receipt: { hash: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    });
  });

  it("is nothing where the configuration is damaged", async () => {
    const { slug, token } = await aLink();
    await database.pool.query(`UPDATE "Feature" SET "metadata" = '{"status": "running"}' WHERE "slug" = $1`, [
      slug,
    ]);
    expect(await open(token)).toBeNull();
    await expect(reports.read(owner, slug)).rejects.toMatchObject({ code: "damaged_config" });
  });
});

describe("a report", () => {
  it("as a file leaves a line in the activity, with who took it", async () => {
    const { slug } = await aRunningExperiment(fixture);
    const viewer = await somebodyWith("VIEWER");
    await reports.export(viewer, slug);
    const { entries } = await activity.list(owner, { actorId: viewer.userId });
    expect(entries.map(({ action, slug: of, differences }) => [action, of, differences[0]?.after])).toEqual([
      ["EXPORT", slug, "report as Markdown"],
    ]);
  });

  it("of nothing is refused", async () => {
    const missing = { code: "not_found" };
    await expect(reports.read(owner, "none")).rejects.toMatchObject(missing);
    await expect(reports.mintLink(owner, { slug: "none", days: 1 })).rejects.toMatchObject(missing);
  });
});
