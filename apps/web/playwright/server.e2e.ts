import { expect, loginAs, startWebServer, test, testEnv } from "./support/fixtures";

test("a server that is killed and started again keeps people signed in", async ({ page }) => {
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
