import type { Browser, Page } from "@playwright/test";
import { expect, loginAs, test } from "./support/fixtures";
import { type OwnServer, startOwnServer } from "./support/own-server";

const ROOT = "/settings/admin/experiments";
const HOUR_MS = 60 * 60_000;

let server: OwnServer;
test.beforeAll(async () => {
  server = await startOwnServer();
});
test.afterAll(() => server.stop());

type Person = { email: string; password: string };
type Role = "viewer" | "editor" | "admin";

async function open(browser: Browser, person: Person, path = ROOT): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await loginAs(page, person.email, { baseUrl: server.baseUrl, password: person.password });
  await page.goto(`${server.baseUrl}${path}`);
  return page;
}

/** By the API, in the name of whoever the page is signed in as. */
async function call(page: Page, procedure: string, input: unknown) {
  const answer = await page.request.post(`${server.baseUrl}/api/trpc/viewer.admin.experiments.${procedure}`, {
    data: { json: input },
  });
  return { status: answer.status(), body: await answer.json() };
}

async function aDraft(page: Page, slug: string, settings: Record<string, unknown> = {}): Promise<number> {
  const { status, body } = await call(page, "create", {
    slug,
    name: slug,
    control: "control",
    variants: [
      { name: "control", percentage: 50 },
      { name: "treatment", percentage: 50 },
    ],
    ...settings,
  });
  expect(status, JSON.stringify(body)).toBe(200);
  return body.result.data.json.version;
}

const people: Record<Role, { buttons: string[]; api: Record<string, number> }> = {
  viewer: { buttons: [], api: { updateConfig: 403, updateStatus: 403, conclude: 403, members: 403 } },
  editor: {
    buttons: ["Edit", "Pause"],
    api: { updateConfig: 200, updateStatus: 200, conclude: 403, members: 403 },
  },
  admin: {
    buttons: ["Edit", "Pause", "Conclude…"],
    api: { updateConfig: 200, updateStatus: 200, conclude: 200, members: 200 },
  },
};

for (const role of Object.keys(people) as Role[]) {
  test(`a ${role} meets the same limits on the page and by the API`, async ({ browser }) => {
    const admin = await open(browser, server.admin, `${ROOT}/people`);
    const slug = `roles-of-${role}`;
    const draft = await aDraft(admin, slug);
    await call(admin, "updateStatus", { slug, version: draft, action: "start" });
    const person = await server.signUp(`Role-${role}`);

    const stranger = await open(browser, person);
    expect((await stranger.reload())?.status()).toBe(403);

    await admin.getByLabel("Email address").fill(person.email);
    await admin.getByRole("combobox", { name: "Role", exact: true }).click();
    await admin
      .getByRole("option", { name: role === "admin" ? "Experiment admin" : role, exact: false })
      .click();
    await admin.getByRole("button", { name: "Give role" }).click();
    await expect(admin.getByText(person.email, { exact: true })).toBeVisible();

    const page = await open(browser, person, `${ROOT}/${slug}`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(slug);
    for (const name of ["Edit", "Pause", "Conclude…"]) {
      const control = page
        .getByRole("link", { name, exact: true })
        .or(page.getByRole("button", { name, exact: true }));
      await expect(control, name).toHaveCount(people[role].buttons.includes(name) ? 1 : 0);
    }
    expect((await page.goto(`${server.baseUrl}${ROOT}/${slug}/edit`))?.status()).toBe(
      role === "viewer" ? 403 : 200,
    );

    let version = (await versionOf(slug)) ?? 0;
    const { api } = people[role];
    const asked: [string, () => unknown][] = [
      ["updateConfig", () => ({ slug, version, patch: { hypothesis: `Said by a ${role}` } })],
      ["updateStatus", () => ({ slug, version, action: "pause" })],
      ["conclude", () => ({ slug, version, winnerVariant: null })],
    ];
    for (const [procedure, input] of asked) {
      expect((await call(page, procedure, input())).status, procedure).toBe(api[procedure]);
      version = (await versionOf(slug)) ?? 0;
    }
    const members = await page.request.get(`${server.baseUrl}/api/trpc/viewer.admin.experiments.members`);
    expect(members.status()).toBe(api.members);
    await Promise.all([admin, stranger, page].map((opened) => opened.context().close()));
  });
}

const versionOf = async (slug: string) =>
  (await server.database.prisma.feature.findUnique({ where: { slug }, select: { version: true } }))?.version;

test("a start that fell due while the server was down happens as soon as it is up, and is told", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const page = await open(browser, server.admin);
  const slug = "started-by-itself";
  const startAt = new Date(Date.now() + HOUR_MS).toISOString();
  await aDraft(page, slug, { schedule: { startAt, stopAt: null } });
  await server.kill();
  // The hour goes by.
  await server.database.pool.query(
    `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", '{schedule,startAt}', to_jsonb($2::text)) WHERE "slug" = $1`,
    [slug, new Date(Date.now() - HOUR_MS).toISOString()],
  );
  await server.restart();
  await expect
    .poll(
      async () =>
        (await server.database.prisma.feature.findUnique({ where: { slug }, select: { enabled: true } }))
          ?.enabled,
      { timeout: 30_000 },
    )
    .toBe(true);
  await page.goto(`${server.baseUrl}${ROOT}/${slug}?tab=activity`);
  await expect(page.getByText("The schedule: Draft → Running")).toBeVisible();
  await page.context().close();
});

test("of two admins who save at once the second sees the difference, and decides", async ({ browser }) => {
  const slug = "two-admins";
  const first = await open(browser, server.admin);
  await aDraft(first, slug);
  const second = await open(browser, server.admin, `${ROOT}/${slug}/edit`);
  // The count is there once the form is awake.
  await expect(second.getByText(/users match now/)).toBeVisible();
  await second.getByLabel("Hypothesis").fill("Mine");
  await first.goto(`${server.baseUrl}${ROOT}/${slug}/edit`);
  await expect(first.getByText(/users match now/)).toBeVisible();
  await first.getByLabel("Traffic", { exact: true }).fill("40");
  await first.getByRole("button", { name: "Save changes" }).click();
  await first.waitForURL((url) => url.pathname.endsWith(slug));

  await second.getByRole("button", { name: "Save changes" }).click();
  const notice = second.getByText("Ada changed this experiment while you were editing");
  await expect(notice).toBeVisible();
  await second.getByRole("button", { name: "Keep my changes on top" }).click();
  await second.getByRole("button", { name: "Save changes" }).click();
  await second.waitForURL((url) => url.pathname.endsWith(slug));
  const stored = await server.database.prisma.feature.findUniqueOrThrow({ where: { slug } });
  expect(stored.metadata).toMatchObject({ hypothesis: "Mine", trafficPercentage: 40 });
  await Promise.all([first, second].map((page) => page.context().close()));
});

test("a flag becomes an experiment after a dry run, and the flag again", async ({ browser }) => {
  const { prisma } = server.database;
  const slug = "old-checkout";
  const { email } = await server.signUp("Selected");
  const { id } = await prisma.user.findUniqueOrThrow({ where: { email } });
  await prisma.feature.create({ data: { slug, users: { create: { userId: id, enabled: true } } } });

  const page = await open(browser, server.admin, "/settings/admin/flags");
  await page
    .getByRole("button", { name: `More for ${slug}` })
    .or(page.getByRole("button", { name: new RegExp(`^Actions.*${slug}`) }))
    .click();
  await page.getByRole("menuitem", { name: "Turn into an experiment…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("1 user has the flag and will keep treatment.")).toBeVisible();
  expect((await prisma.feature.findUniqueOrThrow({ where: { slug } })).type).toBe("RELEASE");
  await dialog.getByRole("button", { name: "Turn into an experiment" }).click();
  await page.waitForURL((url) => url.pathname.endsWith(`/${slug}/edit`));
  expect(await prisma.experimentVariant.findMany({ where: { experimentSlug: slug } })).toMatchObject([
    { userId: id, variant: "treatment", assignmentType: "IMPORTED" },
  ]);

  await page.goto(`${server.baseUrl}${ROOT}/${slug}`);
  await page.getByRole("button", { name: /^Actions for/ }).click();
  await page.getByRole("menuitem", { name: "Turn back into a flag…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Turn back into a flag" }).click();
  await page.waitForURL((url) => url.pathname === ROOT);
  expect((await prisma.feature.findUniqueOrThrow({ where: { slug } })).type).toBe("RELEASE");
  expect(await prisma.experimentVariant.count({ where: { experimentSlug: slug } })).toBe(0);
  await page.context().close();
});

test("a flag's assignment is undone beside the sheet, which stays open", async ({ browser }) => {
  const { prisma } = server.database;
  const slug = "new-calendar";
  const { email } = await server.signUp("Ursula");
  const { id } = await prisma.user.findUniqueOrThrow({ where: { email } });
  await prisma.feature.create({ data: { slug } });
  const page = await open(browser, server.admin, "/settings/admin/flags");
  await page.getByRole("button", { name: `Assign ${slug} to users and teams` }).click();
  const setting = page.getByRole("radiogroup", { name: "Setting of Ursula" });
  await setting.getByRole("radio", { name: "On" }).click();
  const overrides = () => prisma.userFeatures.count({ where: { userId: id } });
  await expect.poll(overrides).toBe(1);

  await page.getByRole("button", { name: "Undo", includeHidden: true }).click();
  await expect.poll(overrides).toBe(0);
  await expect(setting.getByRole("radio", { name: "Inherit" })).toBeChecked();
  await page.context().close();
});

test("an experiment targeted by plan says who is in, and why", async ({ browser }) => {
  const page = await open(browser, server.admin, `${ROOT}/new`);
  await page.getByLabel("Name", { exact: false }).first().fill("For teams only");
  await page.getByRole("checkbox", { name: "Teams" }).first().check();
  await expect(page.getByText(/^0 of \d+ users match now$/)).toBeVisible();
  await page.getByLabel("Try somebody").fill("ada");
  await page.getByRole("button", { name: /^Ada/ }).click();
  await expect(page.getByText("Out", { exact: true })).toBeVisible();
  await expect(page.getByText("the targeting leaves this subject out")).toBeVisible();
  await page.context().close();
});
