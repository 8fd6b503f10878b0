import { createTcpProxy } from "@calcom/embedded-postgres/tcp-proxy";
import { expect, loginAs, long, startWebServer, test, testEnv } from "./support/fixtures";

test("a server that is killed and started again keeps people signed in", long, async ({ page }) => {
  const { databaseUrl } = testEnv();
  const first = await startWebServer({ databaseUrl });
  await loginAs(page, "tom@example.com", { baseUrl: first.baseUrl });
  await page.goto(`${first.baseUrl}/settings/billing`);
  await expect(page).toHaveURL(`${first.baseUrl}/settings/billing`);
  await first.kill();
  await expect(page.goto(first.baseUrl)).rejects.toThrow("ERR_CONNECTION_REFUSED");

  const second = await startWebServer({ databaseUrl, port: first.port });
  const answer = await page.goto(`${second.baseUrl}/settings/billing`);
  expect(answer?.status()).toBe(200);
  await expect(page).toHaveURL(`${second.baseUrl}/settings/billing`);
  await second.stop();
});

test("a wrong password signs nobody in", async ({ page }) => {
  await expect(loginAs(page, "ida@example.com", { password: "not-the-password" })).rejects.toThrow(/401/);
  await page.goto("/settings/billing");
  await expect(page).toHaveURL(/\/login/);
});

test(
  "while the database hangs, pages say so in their frame and pages without data go on; then all is as before",
  long,
  async ({ page }) => {
    const proxy = await createTcpProxy(testEnv().databaseUrl);
    const server = await startWebServer({
      databaseUrl: proxy.connectionString,
      env: { DECISION_BUDGET_MS: "100", EXPERIMENT_BUDGET_MS: "50" },
    });
    const billing = `${server.baseUrl}/settings/billing`;
    const list = `${server.baseUrl}/settings/admin/experiments`;
    const away = "Our database isn’t responding right now";
    try {
      await loginAs(page, "admin@example.com", { baseUrl: server.baseUrl });
      await page.goto(list);
      await expect(page.getByRole("heading", { name: "Experiments" })).toBeVisible();
      proxy.hang();
      for (const url of [billing, list]) {
        await page.goto(url);
        await expect(page.getByRole("heading", { name: away })).toBeVisible();
        await expect(page.getByRole("banner")).toBeVisible();
        await expect(page.getByRole("link", { name: "Sign in" })).toHaveCount(0);
      }
      // Both read: whoever was signed in a moment ago is not taken for somebody else.
      for (const path of ["", "/pricing"])
        expect((await page.request.get(server.baseUrl + path)).status()).toBe(200);
      proxy.restore();
      await expect(async () => {
        await page.goto(list);
        await expect(page.getByRole("heading", { name: "Experiments" })).toBeVisible({ timeout: 1_000 });
      }).toPass();
    } finally {
      proxy.restore();
      await server.stop();
      await proxy.close();
    }
  },
);
