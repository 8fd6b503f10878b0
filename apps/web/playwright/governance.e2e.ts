import type { Browser, Page } from "@playwright/test";
import { EXPERIMENTS, openAs } from "./support/admin-page";
import { expect, long, test } from "./support/fixtures";
import { type OwnServer, startOwnServer } from "./support/own-server";
import { aDraftOf, apiSteps, mayTake, offered, ROLES } from "./support/role-matrix";

const HOUR_MS = 60 * 60_000;

let server: OwnServer;
test.beforeAll(async () => {
  server = await startOwnServer();
});
test.afterAll(() => server.stop());

const open = (browser: Browser, person: OwnServer["admin"], path?: string) =>
  openAs(browser, server, person, path);

/** By the API, in the name of whoever the page is signed in as. */
async function call(page: Page, procedure: string, input: unknown, kind: "query" | "mutation" = "mutation") {
  const url = `${server.baseUrl}/api/trpc/viewer.admin.experiments.${procedure}`;
  const data = { json: input };
  const answer =
    kind === "mutation"
      ? await page.request.post(url, { data })
      : await page.request.get(url, { params: input === undefined ? {} : { input: JSON.stringify(data) } });
  return { status: answer.status(), body: await answer.json() };
}

async function aDraft(page: Page, slug: string, settings: Record<string, unknown> = {}): Promise<number> {
  const { status, body } = await call(page, "create", { ...aDraftOf(slug), ...settings });
  expect(status, JSON.stringify(body)).toBe(200);
  return body.result.data.json.version;
}

/** Whoever may see the page may go there. */
const LEADING_ELSEWHERE = new Set(["Experiments", "Look up a person"]);

/** The names of all that the experiment's page lets somebody do. */
async function offeredOn(page: Page, slug: string): Promise<string[]> {
  await page.goto(`${server.baseUrl}${EXPERIMENTS}/${slug}`);
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toContainText(slug);
  const header = page.locator("header").filter({ has: heading });
  const menu = header.getByRole("button", { name: /^Actions for/ });
  const names = await header.getByRole("link").or(header.getByRole("button")).allInnerTexts();
  if ((await menu.count()) > 0) {
    await menu.click();
    names.push(...(await page.getByRole("menuitem").allInnerTexts()));
  }
  return names.map((name) => name.trim()).filter((name) => name !== "" && !LEADING_ELSEWHERE.has(name));
}

for (const role of ROLES) {
  test(
    `a ${role} meets the same limits at every action, on the page and by the API`,
    long,
    async ({ browser }) => {
      const admin = await open(browser, server.admin, `${EXPERIMENTS}/people`);
      const slug = `roles-of-${role}`;
      const flag = `flag-of-${role}`;
      await server.database.prisma.feature.create({ data: { slug: flag } });
      await aDraft(admin, slug, MEASURED);
      const version = await aDraft(admin, `${slug}-running`);
      await call(admin, "updateStatus", { slug: `${slug}-running`, version, action: "start" });
      const [person, other] = [await server.signUp(`Role-${role}`), await server.signUp(`Other-${role}`)];

      const stranger = await open(browser, person);
      expect((await stranger.reload())?.status()).toBe(403);
      for (const step of apiSteps) {
        const input = step.input?.({ slug, version: 1 }, { flag, email: other.email });
        expect((await call(stranger, step.procedure, input, step.kind)).status, step.procedure).toBe(403);
      }

      await admin.getByLabel("Email address").fill(person.email);
      await admin.getByRole("combobox", { name: "Role", exact: true }).click();
      await admin
        .getByRole("option", { name: role === "admin" ? "Experiment admin" : role, exact: false })
        .click();
      await admin.getByRole("button", { name: "Add", exact: true }).click();
      await expect(admin.getByText(person.email, { exact: true })).toBeVisible();

      const page = await open(browser, person);
      expect((await offeredOn(page, slug)).sort()).toEqual(offered.draft[role].sort());
      expect((await offeredOn(page, `${slug}-running`)).sort()).toEqual(offered.running[role].sort());
      const edit = await page.goto(`${server.baseUrl}${EXPERIMENTS}/${slug}/edit`);
      expect(edit?.status()).toBe(role === "viewer" ? 403 : 200);
      if (role === "viewer") {
        await page.getByRole("link", { name: "Back to experiments" }).click();
        await expect(page.getByRole("heading", { name: "Experiments", level: 1 })).toBeVisible();
      }

      for (const step of apiSteps) {
        const experiment = { slug, version: (await versionOf(slug)) ?? 1 };
        const input = step.input?.(experiment, { flag, email: other.email });
        const { status, body } = await call(page, step.procedure, input, step.kind);
        const said = `${step.procedure} ${JSON.stringify(input)}: ${JSON.stringify(body)}`;
        expect(status, said).toBe(mayTake(role, step) ? 200 : 403);
      }
      await Promise.all([admin, stranger, page].map((opened) => opened.context().close()));
    },
  );
}

test(
  "a viewer learns of a customer by the whole address alone, and sees them masked",
  long,
  async ({ browser }) => {
    const { prisma } = server.database;
    const [viewer, customer] = [await server.signUp("Support"), await server.signUp("Customer")];
    const { id } = await prisma.user.findUniqueOrThrow({ where: { email: viewer.email } });
    await prisma.experimentMember.create({ data: { userId: id, role: "VIEWER" } });
    const page = await open(browser, viewer, `${EXPERIMENTS}/-/people`);
    const field = page.getByLabel("User, team or visitor");
    await field.fill("Customer");
    await page.getByRole("button", { name: "Look up" }).click();
    await expect(page.getByText(/Enter the full email address or ID/)).toBeVisible();
    await field.fill(customer.email);
    await page.getByRole("button", { name: "Look up" }).click();
    await expect(page.getByText(/Your role doesn’t let you see names/)).toBeVisible();
    await expect(page.getByRole("heading", { name: /^\S…@\S…$/ })).toBeVisible();
    expect(await page.content()).not.toContain(customer.email);
    await page.context().close();
  },
);

const MEASURED = {
  clientEvents: ["done"],
  metrics: { primary: "event:done", secondary: [], guardrails: [] },
};

const versionOf = async (slug: string) =>
  (await server.database.prisma.feature.findUnique({ where: { slug }, select: { version: true } }))?.version;

test(
  "a start that fell due while the server was down happens as soon as it is up, and is told",
  long,
  async ({ browser }) => {
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
        { timeout: 60_000 },
      )
      .toBe(true);
    await page.goto(`${server.baseUrl}${EXPERIMENTS}/${slug}?tab=activity`);
    await expect(page.getByText("The schedule: Draft → Running")).toBeVisible();
    await page.context().close();
  },
);

test(
  "of two admins who save at once the second sees the difference, and decides",
  long,
  async ({ browser }) => {
    const slug = "two-admins";
    const first = await open(browser, server.admin);
    await aDraft(first, slug);
    const second = await open(browser, server.admin, `${EXPERIMENTS}/${slug}/edit`);
    // The count is there once the form is awake.
    await expect(second.getByText(/Targeting matches .* users? now/)).toBeVisible();
    await second.getByLabel("Hypothesis").fill("Mine");
    await first.goto(`${server.baseUrl}${EXPERIMENTS}/${slug}/edit`);
    await expect(first.getByText(/Targeting matches .* users? now/)).toBeVisible();
    await first.getByText("Traffic and assignment").click();
    await first.getByLabel("Traffic allocation", { exact: true }).fill("40");
    await first.getByRole("button", { name: "Save changes" }).click();
    await first.waitForURL((url) => url.pathname.endsWith(slug));

    await second.getByRole("button", { name: "Save changes" }).click();
    const notice = second.getByText(/^Ada changed .* in the meantime\.$/);
    await expect(notice).toBeVisible();
    await second.getByRole("button", { name: "Reapply my changes" }).click();
    await second.getByRole("button", { name: "Save changes" }).click();
    await second.waitForURL((url) => url.pathname.endsWith(slug));
    const stored = await server.database.prisma.feature.findUniqueOrThrow({ where: { slug } });
    expect(stored.metadata).toMatchObject({ hypothesis: "Mine", trafficPercentage: 40 });
    await Promise.all([first, second].map((page) => page.context().close()));
  },
);

test("an experiment targeted by plan says who is in, and why", async ({ browser }) => {
  const page = await open(browser, server.admin, `${EXPERIMENTS}/new`);
  await page.getByLabel("Name", { exact: false }).first().fill("For teams only");
  await page.locator("summary", { hasText: /^Targeting/ }).click();
  await page.getByRole("checkbox", { name: "Teams" }).first().check();
  await expect(page.getByText(/^Targeting matches 0 of \d+ users? now$/)).toBeVisible();
  await page.getByLabel("Check eligibility").fill("ada");
  await page.getByRole("button", { name: /^Ada/ }).click();
  await expect(page.getByText("Not eligible", { exact: true })).toBeVisible();
  await expect(page.getByText("doesn’t match targeting")).toBeVisible();
  await page.context().close();
});
