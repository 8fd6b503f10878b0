import { createDatabase } from "@calcom/prisma";
import { expect, loginAs, long, test, testEnv } from "./support/fixtures";

const SLUG = "dashboard-layout-v2";

const database = createDatabase({ connectionString: testEnv().databaseUrl, max: 2 });
test.afterAll(() => database.close());

const contacted = () =>
  database.prisma.experimentConversion.findMany({
    where: { conversionEvent: "attendee_contacted", experimentSlug: SLUG },
  });

test(
  "a click while there is no connection for a minute is counted once, at its time",
  long,
  async ({ page, context }) => {
    await loginAs(page, "tom@example.com");
    await page.clock.install();
    await page.goto("/teams/design-studio");
    await page.waitForLoadState("networkidle");
    // No conversion is before the exposure, and the minute passes in the browser alone.
    await database.pool.query(
      `UPDATE "ExperimentVariant" SET "assignedAt" = now() - interval '1 hour', "exposedAt" = now() - interval '1 hour'
     WHERE "experimentSlug" = $1 AND "exposedAt" > now() - interval '1 hour'`,
      [SLUG],
    );
    const before = await contacted();

    await context.setOffline(true);
    await page.locator('a[href^="mailto:"]').first().click();
    await page.clock.runFor("01:00");
    expect(await contacted()).toHaveLength(before.length);

    await context.setOffline(false);
    await expect(async () => {
      await page.clock.runFor("00:30");
      expect(await contacted()).toHaveLength(before.length + 1);
    }).toPass();
    const click = (await contacted()).find(({ id }) => before.every((earlier) => earlier.id !== id));
    expect(Date.now() - Number(click?.occurredAt)).toBeGreaterThan(60_000);

    // Whatever is sent again from now on is the same click.
    await page.clock.runFor("05:00");
    await page.reload({ waitUntil: "networkidle" });
    expect(await contacted()).toHaveLength(before.length + 1);
  },
);
