import { createDatabase } from "@calcom/prisma";
import { expect, loginAs, long, test, testEnv } from "./support/fixtures";

const pages = [
  "/settings/admin/experiments",
  "/settings/admin/experiments/new",
  "/settings/admin/experiments/upgrade-button-test",
  "/settings/admin/experiments/upgrade-button-test/edit",
  "/settings/admin/experiments/-/people",
  "/settings/admin/experiments/-/people?user=1",
  "/settings/admin/experiments/-/report/upgrade-button-test",
  "/settings/admin/flags",
];
const procedures = ["experiments.list", "flags.list"];

test("admin pages and procedures refuse a plain user and an anonymous one", async ({ page }) => {
  for (const path of pages) {
    await page.goto(path);
    await expect(page, path).toHaveURL(/\/login/);
  }
  await loginAs(page, "ida@example.com");
  for (const path of pages) expect((await page.goto(path))?.status(), path).toBe(403);
  for (const procedure of procedures) {
    const answer = await page.request.get(`/api/trpc/viewer.admin.${procedure}`);
    expect(answer.status(), procedure).toBe(403);
    expect(await answer.text()).not.toContain("upgrade-button-test");
  }
});

test(
  "an admin who was demoted a second ago is refused by every page and procedure",
  long,
  async ({ page }) => {
    const database = createDatabase({ connectionString: testEnv().databaseUrl, max: 1 });
    const email = "mei@example.com";
    await database.prisma.user.update({ where: { email }, data: { role: "ADMIN" } });
    try {
      await loginAs(page, email);
      expect((await page.goto("/settings/admin/experiments"))?.status()).toBe(200);
      await database.prisma.user.update({ where: { email }, data: { role: "USER" } });
      for (const path of pages) expect((await page.goto(path))?.status(), path).toBe(403);
      for (const procedure of procedures)
        expect((await page.request.get(`/api/trpc/viewer.admin.${procedure}`)).status(), procedure).toBe(403);
    } finally {
      await database.prisma.user.update({ where: { email }, data: { role: "USER" } });
      await database.close();
    }
  },
);

test("getVariant refuses somebody else's user, a foreign team and a forged visitor", async ({ page }) => {
  await loginAs(page, "ida@example.com");
  for (const claim of [{ userId: 1 }, { teamId: 1 }, { visitorId: "6f9619ff-8b86-4011-b42d-00c04fc964ff" }]) {
    const input = { json: { experimentSlug: "upgrade-button-test", ...claim } };
    const answer = await page.request.get(
      `/api/trpc/viewer.experiments.getVariant?input=${encodeURIComponent(JSON.stringify(input))}`,
    );
    expect(answer.status(), JSON.stringify(claim)).toBe(403);
    expect(await answer.json()).toMatchObject({
      error: { json: { data: { app: { code: "claim_refused" } } } },
    });
  }
});

test("a forged visitor cookie is nobody's: the browser gets a new one", async ({ page, context }) => {
  const forged = "6f9619ff-8b86-4011-b42d-00c04fc964ff.Zm9yZ2VkLXNpZ25hdHVyZQ";
  await context.addCookies([{ name: "cal_vid", value: forged, url: testEnv().baseUrl }]);
  await page.goto("/");
  const cookie = (await context.cookies()).find(({ name }) => name === "cal_vid");
  expect(cookie?.value).not.toBe(forged);
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
});

test("the public list of experiments says slug, unit and variants, and nothing else", async ({ page }) => {
  const answer = await page.request.get("/api/trpc/viewer.experiments.listActiveExperiments");
  const { result } = await answer.json();
  expect(result.data.json.length).toBeGreaterThan(0);
  for (const experiment of result.data.json)
    expect(Object.keys(experiment).sort()).toEqual(["slug", "unit", "variants"]);
});
