import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { env } from "@calcom/lib/env";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Preview, signPreviews, verifyPreviews } from "../lib/preview-cookie";
import { signPreview } from "../lib/preview-link";
import {
  anIdentity,
  anInput,
  aRunningExperiment,
  createFixture,
  createUser,
  type Fixture,
} from "../testing/database-fixtures";

const { connectionString } = await testDatabase();
const { PREVIEW_SECRET: secret } = env();
const HOUR_MS = 3_600_000;
const NO_LINK = "0".repeat(32);
let fixture: Fixture;
let experiments: Fixture["module"]["experiments"];
let previews: Fixture["module"]["previews"];
beforeAll(async () => {
  fixture = await createFixture(connectionString);
  ({ experiments, previews } = fixture.module);
});
afterAll(() => fixture.close());

const anonymous = { userId: null, cookie: undefined };
const rowsOf = (experimentSlug: string) =>
  fixture.database.prisma.experimentVariant.findMany({
    where: { experimentSlug },
    include: { conversions: true },
  });

async function enteredWith(
  query: string,
  viewer: { userId: number | null; cookie?: string | undefined } = anonymous,
) {
  const entered = await previews.enter({ cookie: undefined, ...viewer }, new URLSearchParams(query));
  return { ...entered, shown: await verifyPreviews(entered.cookie ?? undefined, [secret], Date.now()) };
}

/** The other one of a subject's two variants, as its browser would hold it. */
async function previewOf(slug: string, variant: string, changes: Partial<Preview> = {}) {
  const { id: linkId } = await previews.mintLinks(fixture.admin, { slug, days: 1 });
  const preview = { slug, variant, expiresAt: Date.now() + HOUR_MS, grantedTo: null, linkId, ...changes };
  return previews.overrides({ userId: null, cookie: await signPreviews([preview], secret) });
}

describe("what is previewed", () => {
  it("is shown with its payload, and is neither stored nor counted", async () => {
    const { slug } = await aRunningExperiment(fixture, {
      variants: [
        { name: "control", percentage: 100 },
        { name: "urgent", percentage: 0, payload: { color: "red" } },
      ],
    });
    const userId = await createUser(fixture.database);
    const identity = anIdentity({ userId, overrides: await previewOf(slug, "urgent") });
    const [answer] = await experiments.decide(identity, [{ slug }]);
    expect(answer).toMatchObject({ variant: "urgent", reason: "override", payload: { color: "red" } });
    expect(await experiments.recordExposures(identity, [{ slug }])).toEqual({ recorded: 0 });
    const conversion = { slug, event: "clicked", key: randomUUID() };
    expect(await experiments.recordConversions(identity, [conversion])).toEqual({ recorded: 0 });
    expect(await rowsOf(slug)).toEqual([]);
  });

  it("leaves the row of somebody who takes part as it is, and counts for it again afterwards", async () => {
    const { slug } = await aRunningExperiment(fixture);
    const identity = anIdentity({ userId: await createUser(fixture.database) });
    const [own] = await experiments.decide(identity, [{ slug }]);
    const other = own?.variant === "urgent" ? "control" : "urgent";
    const [before] = await rowsOf(slug);
    const previewing = { ...identity, overrides: await previewOf(slug, other) };
    expect((await experiments.decide(previewing, [{ slug }]))[0]?.variant).toBe(other);
    await experiments.recordExposures(previewing, [{ slug }]);
    await experiments.recordConversions(previewing, [{ slug, event: "clicked", key: "one" }]);
    expect(await rowsOf(slug)).toEqual([before]);

    expect((await experiments.decide(identity, [{ slug }]))[0]?.variant).toBe(own?.variant);
    expect(await experiments.recordExposures(identity, [{ slug }])).toEqual({ recorded: 1 });
    const conversion = { slug, event: "clicked", key: "one" };
    expect(await experiments.recordConversions(identity, [conversion])).toEqual({ recorded: 1 });
  });

  it("changes nothing about the other experiments of the page", async () => {
    const { slug: previewed } = await aRunningExperiment(fixture);
    const { slug } = await aRunningExperiment(fixture);
    const userId = await createUser(fixture.database);
    const identity = anIdentity({ userId, overrides: await previewOf(previewed, "urgent") });
    const requests = [{ slug: previewed }, { slug }];
    const answers = await experiments.decide(identity, requests);
    expect(answers.map(({ reason }) => reason)).toEqual(["override", "allocated"]);
    expect(await experiments.recordExposures(identity, requests)).toEqual({ recorded: 1 });
  });

  it("may be a draft, which stays hidden from everybody else", async () => {
    const { slug } = await fixture.module.admin.editing.create(fixture.admin, anInput());
    const overrides = await previewOf(slug, "urgent");
    const decide = async (identity = anIdentity()) => (await experiments.decide(identity, [{ slug }]))[0];
    expect(await decide(anIdentity({ overrides }))).toMatchObject({ variant: "urgent", reason: "override" });
    expect(await decide()).toMatchObject({ variant: null, reason: "not_running", unit: null });
    expect(await rowsOf(slug)).toEqual([]);
  });

  it.each([
    ["has expired", { expiresAt: Date.now() - 1 }],
    ["names a variant that is not there", { variant: "constructor" }],
    ["names another experiment", { slug: "__proto__" }],
  ])("is nothing where it %s: the subject takes part as ever", async (_, changes) => {
    const { slug } = await aRunningExperiment(fixture);
    const userId = await createUser(fixture.database);
    const identity = anIdentity({ userId, overrides: await previewOf(slug, "urgent", changes) });
    expect((await experiments.decide(identity, [{ slug }]))[0]?.reason).toBe("allocated");
    expect(await experiments.recordExposures(identity, [{ slug }])).toEqual({ recorded: 1 });
    expect(await experiments.recordConversions(identity, [{ slug, event: "clicked", key: "k" }])).toEqual({
      recorded: 1,
    });
  });
});

describe("an address", () => {
  it("with a link of ours shows its variants to anybody, for as long as the link lives", async () => {
    const { slug: first } = await aRunningExperiment(fixture);
    const { slug: second } = await fixture.module.admin.editing.create(fixture.admin, anInput());
    const [one, two] = await Promise.all(
      [first, second].map((slug) => previews.mintLinks(fixture.admin, { slug, days: 7 })),
    );
    const queryOf = (links: typeof one) => links?.links.find(({ variant }) => variant === "urgent")?.query;
    const entered = await enteredWith(`tab=setup&${queryOf(one)}&${queryOf(two)}`);
    expect(entered).toMatchObject({ query: "tab=setup", refusal: null });
    const expiresAt = Math.floor((one?.expiresAt.getTime() ?? 0) / 1000) * 1000;
    expect(entered.shown).toEqual([
      { slug: first, variant: "urgent", expiresAt, grantedTo: null, linkId: one?.id },
      { slug: second, variant: "urgent", expiresAt: expect.any(Number), grantedTo: null, linkId: two?.id },
    ]);
  });

  it("adds to what the browser previews, and replaces the variant of the same experiment", async () => {
    const { slug: first } = await aRunningExperiment(fixture);
    const { slug: second } = await aRunningExperiment(fixture);
    const viewer = { userId: fixture.admin.userId };
    const { cookie } = await enteredWith(`experiment.${first}=control&experiment.${second}=control`, viewer);
    const entered = await enteredWith(`experiment.${first}=urgent`, {
      ...viewer,
      cookie: cookie ?? undefined,
    });
    expect(entered.shown.map(({ slug, variant }) => [slug, variant])).toEqual([
      [second, "control"],
      [first, "urgent"],
    ]);
  });

  it("says expired of a link that was ours, and shows nothing", async () => {
    const { slug } = await aRunningExperiment(fixture);
    const token = await signPreview(
      { slug, variant: "urgent" },
      { linkId: NO_LINK, expiresAt: Date.now() - 1000 },
      secret,
    );
    const entered = await enteredWith(`experiment.${slug}=urgent&preview=${token}`);
    expect(entered).toMatchObject({ cookie: null, query: "", refusal: "expired" });
  });

  it("says invalid of a link that was cut, or changed to another variant or experiment", async () => {
    const { slug } = await aRunningExperiment(fixture);
    const token = await signPreview(
      { slug, variant: "urgent" },
      { linkId: NO_LINK, expiresAt: Date.now() + HOUR_MS },
      secret,
    );
    for (const query of [
      `experiment.${slug}=urgent&preview=${token.slice(0, -1)}`,
      `experiment.${slug}=control&preview=${token}`,
      `experiment.pricing-tiers=urgent&preview=${token}`,
      `experiment.__proto__=urgent&preview=${token}`,
      `experiment.${slug}=urgent&preview=${"x".repeat(100_000)}`,
    ])
      expect(await enteredWith(query), query.slice(0, 200)).toMatchObject({
        cookie: null,
        refusal: "invalid",
      });
  });

  it("without a link does nothing for a plain user or an anonymous one, and tells them nothing", async () => {
    const { slug } = await aRunningExperiment(fixture);
    const plain = { userId: await createUser(fixture.database) };
    for (const viewer of [plain, anonymous])
      for (const query of [`experiment.${slug}=urgent`, "experiment.nothing-of-that-name=urgent"])
        expect(await enteredWith(query, viewer)).toMatchObject({ cookie: null, query: "", refusal: null });
  });

  it("tells an administrator of a variant that is not there", async () => {
    const { slug } = await aRunningExperiment(fixture);
    for (const query of [`experiment.${slug}=urgnet`, "experiment.constructor=urgent"])
      expect(await enteredWith(query, fixture.admin)).toMatchObject({ cookie: null, refusal: "unknown" });
  });
});

describe("an administrator's own preview", () => {
  it("ends with the role, with the session, and in another's hands", async () => {
    const { slug } = await aRunningExperiment(fixture);
    const { prisma } = fixture.database;
    const userId = await createUser(fixture.database);
    await prisma.user.update({ where: { id: userId }, data: { role: "ADMIN" } });
    const cookie = await previews.choose({ userId, cookie: undefined }, { slug, variant: "urgent" });
    const shown = async (id: number | null) => Object.keys(await previews.overrides({ userId: id, cookie }));
    expect(await shown(userId)).toEqual([slug]);
    expect(await shown(null)).toEqual([]);
    expect(await shown(fixture.admin.userId)).toEqual([]);
    await prisma.user.update({ where: { id: userId }, data: { role: "USER" } });
    expect(await shown(userId)).toEqual([]);
  });

  it("is chosen by administrators only, among what is there; anybody may end theirs", async () => {
    const { slug } = await aRunningExperiment(fixture);
    const plain = { userId: await createUser(fixture.database), cookie: undefined };
    const choice = { slug, variant: "urgent" };
    await expect(previews.choose(plain, choice)).rejects.toMatchObject({ code: "not_allowed" });
    await expect(previews.choose(anonymous, choice)).rejects.toMatchObject({ code: "not_signed_in" });
    await expect(previews.choices(plain, [slug])).rejects.toMatchObject({ code: "not_allowed" });
    const admin = { ...fixture.admin, cookie: undefined };
    await expect(previews.choose(admin, { slug, variant: "toString" })).rejects.toMatchObject({
      code: "not_found",
    });

    const given = {
      slug,
      variant: "urgent",
      expiresAt: Date.now() + HOUR_MS,
      grantedTo: null,
      linkId: NO_LINK,
    };
    const cookie = await signPreviews([given], secret);
    const ended = await previews.choose({ ...plain, cookie }, { slug, variant: null });
    expect(await verifyPreviews(ended, [secret], Date.now())).toEqual([]);
  });
});

it("links are minted for administrators only, also of drafts", async () => {
  const { slug } = await fixture.module.admin.editing.create(fixture.admin, anInput());
  const plain = { userId: await createUser(fixture.database) };
  await expect(previews.mintLinks(plain, { slug, days: 1 })).rejects.toMatchObject({ code: "not_allowed" });
  await expect(previews.mintLinks({ userId: null }, { slug, days: 1 })).rejects.toMatchObject({
    code: "not_signed_in",
  });
  await expect(previews.mintLinks(fixture.admin, { slug: "no-such", days: 1 })).rejects.toMatchObject({
    code: "not_found",
  });
  const { links, expiresAt } = await previews.mintLinks(fixture.admin, { slug, days: 1 });
  expect(links.map(({ variant }) => variant)).toEqual(["control", "urgent"]);
  expect(Math.abs(expiresAt.getTime() - Date.now() - 24 * HOUR_MS)).toBeLessThan(60_000);
});

describe("a link", () => {
  /** An editor with a link to a running experiment, and a browser that has opened it. */
  async function anOpenedLink() {
    const { slug } = await aRunningExperiment(fixture);
    const maker = { userId: await createUser(fixture.database) };
    await fixture.database.prisma.experimentMember.create({ data: { userId: maker.userId, role: "EDITOR" } });
    const { id, links } = await previews.mintLinks(maker, { slug, days: 7 });
    const query = links.find(({ variant }) => variant === "urgent")?.query ?? "";
    const { cookie } = await enteredWith(query);
    const viewer = { userId: null, cookie: cookie ?? undefined };
    expect(Object.keys(await previews.overrides(viewer))).toEqual([slug]);
    const ends = async () => {
      expect(await previews.overrides(viewer)).toEqual({});
      expect(await enteredWith(query)).toMatchObject({ cookie: null, refusal: "expired" });
      expect((await previews.listLinks(fixture.admin, slug)).map((link) => link.id)).not.toContain(id);
    };
    return { slug, maker, id, ends };
  }

  it.each<[string, (opened: Awaited<ReturnType<typeof anOpenedLink>>) => Promise<unknown>]>([
    ["is taken back by whoever made it", ({ slug, id, maker }) => previews.revokeLinks(maker, { slug, id })],
    ["is taken back by somebody else", ({ slug, id }) => previews.revokeLinks(fixture.admin, { slug, id })],
    [
      "was made by somebody who may only look now",
      ({ maker: { userId } }) =>
        fixture.database.prisma.experimentMember.update({ where: { userId }, data: { role: "VIEWER" } }),
    ],
    [
      "was made by somebody without a role now",
      ({ maker: { userId } }) => fixture.database.prisma.experimentMember.delete({ where: { userId } }),
    ],
    [
      "was made by somebody who is gone",
      ({ maker: { userId } }) => fixture.database.prisma.user.delete({ where: { id: userId } }),
    ],
  ])("that %s opens nothing more, and what it has opened ends", async (_, end) => {
    const opened = await anOpenedLink();
    await end(opened);
    await opened.ends();
  });

  it("is taken back only by whoever may make some, and only of its own experiment", async () => {
    const { slug, id } = await anOpenedLink();
    const other = await aRunningExperiment(fixture);
    const viewer = { userId: await createUser(fixture.database) };
    await fixture.database.prisma.experimentMember.create({
      data: { userId: viewer.userId, role: "VIEWER" },
    });
    await expect(previews.revokeLinks(viewer, { slug, id })).rejects.toMatchObject({ code: "not_allowed" });
    await expect(previews.listLinks(viewer, slug)).rejects.toMatchObject({ code: "not_allowed" });
    await expect(previews.revokeLinks({ userId: null }, { slug, id })).rejects.toMatchObject({
      code: "not_signed_in",
    });
    await expect(previews.revokeLinks(fixture.admin, { slug: other.slug, id })).rejects.toMatchObject({
      code: "not_found",
    });
    expect((await previews.listLinks(fixture.admin, slug)).map((link) => link.id)).toEqual([id]);
  });

  it("leaves a line in the activity when it is made, and when it is taken back", async () => {
    const { slug, id, maker } = await anOpenedLink();
    await previews.revokeLinks(fixture.admin, { slug, id });
    const { entries } = await fixture.module.admin.activity.list(fixture.admin, { slug });
    const ofLinks = entries.filter(({ tableName }) => tableName === "PreviewLink");
    expect(ofLinks.map(({ action, actor }) => [action, actor?.id])).toEqual([
      ["DELETE", fixture.admin.userId],
      ["INSERT", maker.userId],
    ]);
    expect(JSON.stringify(ofLinks)).not.toContain(secret);
  });
});
