import type { Locator } from "@playwright/test";
import { expect, loginAs, test, testEnv } from "./support/fixtures";

/** How far a row fades out at its beginning and at its end, and whether anything else is drawn at them. */
const endsOf = (row: Locator) =>
  row.evaluate((element) => {
    const style = getComputedStyle(element);
    const fade = (name: string) => Number.parseFloat(style.getPropertyValue(name));
    return {
      start: fade("--tw-row-start") > 0,
      end: fade("--tw-row-end") > 0,
      isMasked: style.maskImage !== "none",
      isShaded: style.backgroundImage !== "none",
    };
  });

test("a row that is too wide for a phone fades out where it goes on, and has no shade beside that", async ({
  page,
}) => {
  await loginAs(page, "admin@example.com");
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto("/settings/security");
  const row = page.getByRole("navigation", { name: "Your account" }).locator("..");
  await expect(row).toBeVisible();
  const faded = { isMasked: true, isShaded: false };
  await row.evaluate((element) => element.scrollTo({ left: 0 }));
  await expect.poll(() => endsOf(row)).toEqual({ start: false, end: true, ...faded });
  await row.evaluate((element) =>
    element.scrollTo({ left: element.scrollWidth / 2 - element.clientWidth / 2 }),
  );
  await expect.poll(() => endsOf(row)).toEqual({ start: true, end: true, ...faded });
  await row.evaluate((element) => element.scrollTo({ left: element.scrollWidth }));
  await expect.poll(() => endsOf(row)).toEqual({ start: true, end: false, ...faded });
  // On a desk nothing of it scrolls.
  await page.setViewportSize({ width: 1440, height: 800 });
  await expect.poll(() => endsOf(row).then(({ isMasked }) => isMasked)).toBe(false);
});

test("a dialog that is taller than the screen is shaded where it goes on", async ({ page }) => {
  await loginAs(page, "admin@example.com");
  await page.setViewportSize({ width: 390, height: 500 });
  await page.goto("/settings/admin/experiments/upgrade-button-test");
  await page.getByRole("button", { name: "Conclude…" }).click();
  const body = page.getByRole("dialog").locator("[data-slot=dialog-body]");
  await expect(body).toBeVisible();
  const sight = await body.evaluate((element) => {
    const { backgroundImage, backgroundAttachment } = getComputedStyle(element);
    const shades = backgroundImage.match(/linear-gradient/g)?.length;
    return { scrolls: element.scrollHeight > element.clientHeight, shades, backgroundAttachment };
  });
  // Two that scroll along cover two that stay.
  expect(sight).toEqual({ scrolls: true, shades: 4, backgroundAttachment: "local, local, scroll, scroll" });
});

/** On which sides a frame is shaded. */
const shadesOf = (frame: Locator) =>
  frame.evaluate((element) => {
    const { boxShadow } = getComputedStyle(element);
    return { start: /(?<!-)\b16px/.test(boxShadow), end: boxShadow.includes("-16px") };
  });

for (const width of [390, 768])
  test(`a table that is wider than ${width} px is shaded where it goes on, and no other is`, async ({
    page,
  }) => {
    await loginAs(page, "admin@example.com");
    await page.setViewportSize({ width, height: 800 });
    await page.goto("/settings/admin/experiments/-/metrics");
    const frame = page.locator("[data-slot=table-frame]").first();
    await expect(frame).toBeVisible();
    const widen = (minWidth: string) =>
      frame.locator("table").evaluate((table, to) => {
        table.style.minWidth = to;
      }, minWidth);
    await widen("1500px");
    await expect.poll(() => shadesOf(frame)).toEqual({ start: false, end: true });
    await frame.evaluate((element) => element.scrollTo({ left: 300 }));
    await expect.poll(() => shadesOf(frame)).toEqual({ start: true, end: true });
    await frame.evaluate((element) => element.scrollTo({ left: element.scrollWidth }));
    await expect.poll(() => shadesOf(frame)).toEqual({ start: true, end: false });
    // One that never scrolled: Chromium holds the last shade of one that does no longer.
    await page.setViewportSize({ width: 1440, height: 800 });
    await page.reload();
    await expect(frame).toBeVisible();
    expect(await shadesOf(frame)).toEqual({ start: false, end: false });
  });

test("the pages beside the list stand whole on a phone, in every language", async ({ page }) => {
  await loginAs(page, "admin@example.com");
  await page.setViewportSize({ width: 390, height: 800 });
  await page.context().addCookies([{ name: "calcom_locale", value: "de", url: testEnv().baseUrl }]);
  await page.goto("/settings/admin/experiments");
  const links = page.getByRole("navigation", { name: "Seiten zu Experimenten" }).getByRole("link");
  await expect(page.getByRole("link", { name: "Startcheckliste" })).toBeVisible();
  for (const link of await links.all()) {
    const box = await link.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
  }
});
