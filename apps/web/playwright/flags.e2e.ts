import { EXPERIMENTS, openAs } from "./support/admin-page";
import { expect, long, test } from "./support/fixtures";
import { type OwnServer, startOwnServer } from "./support/own-server";

let server: OwnServer;
test.beforeAll(async () => {
  server = await startOwnServer();
});
test.afterAll(() => server.stop());

test("a flag becomes an experiment after a dry run, and the flag again", long, async ({ browser }) => {
  const { prisma } = server.database;
  const slug = "old-checkout";
  const { email } = await server.signUp("Selected");
  const { id } = await prisma.user.findUniqueOrThrow({ where: { email } });
  await prisma.feature.create({ data: { slug, users: { create: { userId: id, enabled: true } } } });

  const page = await openAs(browser, server, server.admin, "/settings/admin/flags");
  await page
    .getByRole("button", { name: `More actions for ${slug}` })
    .or(page.getByRole("button", { name: new RegExp(`^Actions.*${slug}`) }))
    .click();
  await page.getByRole("menuitem", { name: "Convert to an experiment…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("On for 1 user, who will keep seeing treatment.")).toBeVisible();
  expect((await prisma.feature.findUniqueOrThrow({ where: { slug } })).type).toBe("RELEASE");
  await dialog.getByRole("button", { name: "Convert to an experiment" }).click();
  await page.waitForURL((url) => url.pathname.endsWith(`/${slug}/edit`));
  // Until the start the flag answers, and its switch and its people are where they were.
  expect(await prisma.experimentVariant.count({ where: { experimentSlug: slug } })).toBe(0);
  const isTurnedOff = async () =>
    (await prisma.feature.findUniqueOrThrow({ where: { slug } })).metadata as {
      convertedFrom: { isTurnedOff: boolean };
    };
  await page.goto(`${server.baseUrl}/settings/admin/flags`);
  await expect(page.getByRole("button", { name: `See or set who has ${slug}` })).toBeVisible();
  const brake = page.getByRole("switch", { name: `${slug}, for everyone` });
  await brake.click();
  await expect.poll(async () => (await isTurnedOff()).convertedFrom.isTurnedOff).toBe(true);
  await brake.click();
  await expect.poll(async () => (await isTurnedOff()).convertedFrom.isTurnedOff).toBe(false);

  await page.goto(`${server.baseUrl}${EXPERIMENTS}/${slug}`);
  await page.getByRole("button", { name: /^Actions for/ }).click();
  await page.getByRole("menuitem", { name: "Convert back to a flag…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Convert back to a flag" }).click();
  await page.waitForURL((url) => url.pathname === EXPERIMENTS);
  expect((await prisma.feature.findUniqueOrThrow({ where: { slug } })).type).toBe("RELEASE");
  expect(await prisma.experimentVariant.count({ where: { experimentSlug: slug } })).toBe(0);
  await page.context().close();
});

test("a flag's assignment is undone beside the sheet, which stays open", long, async ({ browser }) => {
  const { prisma } = server.database;
  const slug = "new-calendar";
  const { email } = await server.signUp("Ursula");
  const { id } = await prisma.user.findUniqueOrThrow({ where: { email } });
  await prisma.feature.create({ data: { slug } });
  const page = await openAs(browser, server, server.admin, "/settings/admin/flags");
  await page.getByRole("button", { name: `See or set who has ${slug}` }).click();
  const setting = page.getByRole("radiogroup", { name: "Override for Ursula" });
  await setting.getByRole("radio", { name: "On" }).click();
  const overrides = () => prisma.userFeatures.count({ where: { userId: id } });
  await expect.poll(overrides).toBe(1);

  await page.getByRole("button", { name: "Undo", includeHidden: true }).click();
  await expect.poll(overrides).toBe(0);
  await expect(setting.getByRole("radio", { name: "Inherit" })).toBeChecked();
  await page.context().close();
});
