import { createDatabase } from "@calcom/prisma";
import { expect, loginAs, test, testEnv } from "./support/fixtures";

const LIST = "/settings/admin/experiments";

test("why a customer sees that is answered in three steps from the list, by keyboard, and is on record", async ({
  page,
}) => {
  const database = createDatabase({ connectionString: testEnv().databaseUrl, max: 1 });
  const email = "tom@example.com";
  const { id } = await database.prisma.user.findUniqueOrThrow({ where: { email } });
  const rows = () => database.prisma.experimentVariant.count({ where: { userId: id } });
  const before = await rows();
  await loginAs(page, "admin@example.com");
  await page.goto(LIST);

  await page.getByRole("link", { name: "Look up a person" }).focus();
  await page.keyboard.press("Enter");
  const field = page.getByLabel("User, team or visitor");
  await expect(field).toBeFocused();
  const place = await field.boundingBox();
  await page.keyboard.insertText(email);
  await page.keyboard.press("Enter");

  await expect(page.getByText(`user:${id}`)).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "Tom Barreto" })).toBeFocused();
  // The field stays where it was, for the next one.
  expect(await field.boundingBox()).toMatchObject({ x: place?.x, y: place?.y });
  // The sections have one left edge and one width.
  const boxOf = (name: string) => page.getByRole("region", { name }).boundingBox();
  const section = await boxOf("Experiments and flags");
  expect(await boxOf("Timeline")).toMatchObject({ x: section?.x, width: section?.width });
  // Neither history nor log nor report of the page has the address.
  await expect(page).toHaveURL(new RegExp(`/-/people\\?user=${id}$`));
  const entry = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: "Pricing tiers" }) });
  await expect(entry.first()).toContainText(/Sees|Would see/);

  await page.getByRole("searchbox", { name: "Search experiments and flags" }).fill("no-such-experiment");
  await expect(page.getByText("Nothing matches")).toBeVisible();
  await page.getByRole("button", { name: "Clear search" }).click();
  await page.getByRole("radio", { name: "Flags" }).click();
  await expect(page.getByText(/^On$|^Off$/).first()).toBeVisible();
  expect(await rows()).toBe(before);

  await page.goto(`${LIST}/activity`);
  await expect(page.getByText(`viewed what user ${id} sees`).first()).toBeVisible();

  await page.goto(`${LIST}/-/people?user=2000000000`);
  const refused = page.getByLabel("User, team or visitor");
  await expect(
    page.getByRole("alert").filter({ hasText: "There is no user with the ID 2000000000" }),
  ).toBeVisible();
  await expect(refused).toHaveAccessibleDescription(/There is no user with the ID 2000000000/);
  await expect(refused).toHaveValue("2000000000");
  await expect(page.getByRole("link", { name: "Look up team 2000000000 instead" })).toBeVisible();
  await expect(page.getByRole("link", { name: "User 2000000000" })).toHaveCount(0);
  await database.close();
});
