import { aConfig } from "@calcom/features/experiments/testing";
import type { Page } from "@playwright/test";
import { expect, loginAs, long, test } from "./support/fixtures";
import { type OwnServer, startOwnServer } from "./support/own-server";

const TEXTS = { control: "Manage Billing", urgent: "Upgrade Now!" } as const;
type Variant = keyof typeof TEXTS;

let server: OwnServer;
test.beforeAll(async () => {
  server = await startOwnServer();
  const config = aConfig({ salt: "durability" });
  await server.database.prisma.feature.create({
    data: {
      slug: "upgrade-button-test",
      type: "EXPERIMENT",
      enabled: true,
      metadata: { ...config },
      epochs: {
        create: { number: config.epoch, weights: { control: 50, urgent: 50 }, trafficPercentage: 100 },
      },
    },
  });
});
test.afterAll(() => server.stop());

test("50 simultaneous first requests of one user: one row, one variant", long, async ({ page }) => {
  const person = await server.signUp("Fifty");
  await signIn(page, person);
  const pages = await Promise.all(
    Array.from({ length: 50 }, async () =>
      (await page.request.get(`${server.baseUrl}/settings/billing`)).text(),
    ),
  );
  const shown = new Set(pages.map((html) => (html.includes(`>${TEXTS.urgent}<`) ? "urgent" : "control")));
  const user = await server.database.prisma.user.findUniqueOrThrow({ where: { email: person.email } });
  const rows = await server.database.prisma.experimentVariant.findMany({ where: { userId: user.id } });
  expect(rows.map((row) => row.variant)).toEqual([...shown]);
});

test("a server killed in a burst of first requests has stored what it answered", long, async ({ page }) => {
  // Twelve people sign up and in first, which takes its time on a busy machine.
  test.slow();
  const waiting: { email: string; cookie: string }[] = [];
  for (let index = 0; index < 12; index++) {
    const { email, password } = await server.signUp(`Burst${index}`);
    await page.context().clearCookies();
    await signIn(page, { email, password });
    const jar = await page.context().cookies(server.baseUrl);
    waiting.push({ email, cookie: jar.map(({ name, value }) => `${name}=${value}`).join("; ") });
  }
  const told = new Map<string, Variant>();
  let startKilling = () => {};
  const isInFullSwing = new Promise<void>((resolve) => {
    startKilling = resolve;
  });
  const ask = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { email, cookie } = next;
      const html = await (await fetch(`${server.baseUrl}/settings/billing`, { headers: { cookie } })).text();
      if (html.includes(`>${TEXTS.urgent}<`)) told.set(email, "urgent");
      else if (html.includes(`>${TEXTS.control}<`)) told.set(email, "control");
      if (told.size === 4) startKilling();
    }
  };
  // Four at a time, so that the fourth answer finds three on their way, however slow or quick the machine. Those that
  // the kill cuts off are told nothing, which is all that is asked of them.
  const burst = Promise.allSettled([ask(), ask(), ask(), ask()]);
  await isInFullSwing;
  await server.kill();
  await burst;
  await server.restart();
  expect(waiting.length).toBeGreaterThan(0);
  const rows = await server.database.prisma.experimentVariant.findMany({
    where: { user: { email: { in: [...told.keys()] } } },
    select: { variant: true, user: { select: { email: true } } },
  });
  expect(new Map(rows.map((row) => [row.user?.email, row.variant]))).toEqual(told);
});

async function signIn(page: Page, { email, password }: { email: string; password: string }) {
  await loginAs(page, email, { baseUrl: server.baseUrl, password });
}
