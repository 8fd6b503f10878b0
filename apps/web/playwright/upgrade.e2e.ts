import { randomBytes } from "node:crypto";
import { createAuth } from "@calcom/features/auth/server";
import { createDatabase } from "@calcom/prisma";
import { expect, loginAs, test, testEnv } from "./support/fixtures";

const password = "correct horse battery";

test("starting a subscription counts with its value for the button that led to it", async ({ page }) => {
  const database = createDatabase({ connectionString: testEnv().databaseUrl, max: 2 });
  const suffix = randomBytes(4).toString("hex");
  const email = `buyer-${suffix}@own.example`;
  const { id: userId } = await createAuth(database).signUp({ name: "Bea", email, password });
  await loginAs(page, email, { password });

  await page.goto("/settings/billing");
  const shown = await page.getByRole("button", { name: /Upgrade Now!|Manage Billing/ }).textContent();
  await page.goto("/settings/billing/upgrade");
  await page.getByRole("textbox", { name: "Team name" }).fill(`Harbour ${suffix}`);
  await page.getByRole("spinbutton", { name: "Seats" }).fill("4");
  await page.getByRole("button", { name: "Start subscription" }).click();
  await page.waitForURL(`**/teams/harbour-${suffix}`);

  const { seats, pricePerSeat, id } = await database.prisma.subscription.findFirstOrThrow({
    where: { purchasedById: userId },
  });
  expect(seats).toBe(4);
  const conversions = await database.prisma.experimentConversion.findMany({
    where: { assignment: { userId, experimentSlug: "upgrade-button-test" } },
    include: { assignment: true },
  });
  expect(conversions).toHaveLength(1);
  expect(conversions[0]).toMatchObject({
    conversionEvent: "subscription_started",
    idempotencyKey: String(id),
    assignment: { variant: shown === "Upgrade Now!" ? "urgent" : "control" },
  });
  expect(conversions[0]?.value?.toFixed(2)).toBe(pricePerSeat.times(4).toFixed(2));
  await database.close();
});
