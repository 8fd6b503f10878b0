import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { expect, long, test } from "./support/fixtures";
import { aPersonsBrowser } from "./support/person-browser";
import { FIND_TEST_HOSTS, startTlsFront, type TlsFront } from "./support/tls-front";
import { startTrackedServer, type TrackedServer } from "./support/tracked-server";

// Over TLS, as cookies within frames ask for it: hosts of two sites and more, on this machine.

const HEADLINES = /Schedule meetings in seconds|The open-source Calendly alternative/;
const patiently = { timeout: 60_000 };

// Eight visits and a server of its own, on a machine that may be busy.
let front: TlsFront;
let browser: Browser;
let context: BrowserContext;

test.beforeAll(async () => {
  front = await startTlsFront();
  const { launchOptions } = test.info().project.use;
  // As browsers are set that keep no cookie of another site but a partitioned one.
  const args = [...(launchOptions?.args ?? []), FIND_TEST_HOSTS, "--test-third-party-cookie-phaseout"];
  browser = await chromium.launch({ ...launchOptions, args });
});
test.afterAll(async () => {
  await browser.close();
  await front.close();
});
test.beforeEach(async () => {
  context = await aPersonsBrowser(browser, { ignoreHTTPSErrors: true });
});
test.afterEach(() => context.close());

async function serve(hosts: string[], env: Record<string, string>): Promise<TrackedServer> {
  const [first = ""] = hosts;
  const server = await startTrackedServer({ NEXTAUTH_URL: front.originOf(first), ...env });
  front.forward(Number(new URL(server.baseUrl).port), hosts);
  return server;
}

const rowsOf = (server: TrackedServer) =>
  server.database.prisma.experimentVariant.findMany({
    where: { experimentSlug: "landing-hero-test" },
    select: { variant: true, visitorId: true, exposedAt: true },
    orderBy: { assignedAt: "asc" },
  });

/** Opens an address, and says which headline is shown, in the frame where it is in one. */
async function headlineAt(page: Page, url: string, { isFramed = false } = {}): Promise<string> {
  const reported = page.waitForResponse("**/api/experiments/exposures");
  await page.goto(url);
  const shown = (isFramed ? page.frameLocator("iframe") : page).getByRole("heading", { level: 1 });
  await expect(shown).toHaveText(HEADLINES);
  expect((await reported).status()).toBe(204);
  return String(await shown.textContent());
}

test(
  "a frame on another site keeps its variant over reloads, as a visitor of that site alone",
  long,
  async () => {
    const [app, blog, shop, evil] = [
      "app.product.test",
      "blog.other.test",
      "shop.third.test",
      "news.evil.test",
    ];
    const server = await serve([app], {
      EMBED_ROUTES: "/",
      EMBED_ANCESTORS: [blog, shop].map((host) => front.originOf(host)).join(", "),
    });
    try {
      for (const host of [blog, shop, evil])
        front.show(
          host,
          `<!doctype html><title>${host}</title><iframe src="${front.originOf(app)}/"></iframe>`,
        );
      const page = await context.newPage();
      const headlines = new Set<string>();
      for (let visit = 0; visit < 5; visit++)
        headlines.add(await headlineAt(page, front.originOf(blog), { isFramed: true }));
      expect(headlines.size).toBe(1);
      const [first, ...others] = await rowsOf(server);
      expect(first?.exposedAt).not.toBeNull();
      expect(others).toEqual([]);
      const [cookie] = (await context.cookies()).filter(({ name }) => name.endsWith("cal_vid"));
      expect(cookie).toMatchObject({
        name: "__Host-cal_vid",
        secure: true,
        httpOnly: true,
        sameSite: "None",
        partitionKey: "https://other.test",
      });

      await headlineAt(page, front.originOf(shop), { isFramed: true });
      await headlineAt(page, front.originOf(app));
      await headlineAt(page, front.originOf(blog), { isFramed: true });
      await expect.poll(async () => (await rowsOf(server)).length, patiently).toBe(3);
      expect(new Set((await rowsOf(server)).map(({ visitorId }) => visitorId)).size).toBe(3);

      await page.goto(front.originOf(evil));
      await page.waitForLoadState("networkidle");
      await expect(
        page.frameLocator("iframe").getByRole("heading", { level: 1, name: HEADLINES }),
      ).toHaveCount(0);
      // The variant was decided before the browser refused to show the frame: it counts as unseen.
      expect((await rowsOf(server)).filter(({ exposedAt }) => exposedAt !== null)).toHaveLength(3);
    } finally {
      await server.stop();
    }
  },
);

test("hosts of one domain have one visitor where they share it, and keep one variant", long, async () => {
  const hosts = ["app.shared.test", "www.shared.test"];
  const server = await serve(hosts, { VISITOR_COOKIE_DOMAIN: "shared.test" });
  try {
    const page = await context.newPage();
    const headlines = new Set<string>();
    for (const host of [...hosts, ...hosts]) headlines.add(await headlineAt(page, front.originOf(host)));
    expect(headlines.size).toBe(1);
    expect(await rowsOf(server)).toHaveLength(1);
    expect((await context.cookies()).filter(({ name }) => name.endsWith("cal_vid"))).toMatchObject([
      { name: "__Secure-cal_vid", domain: ".shared.test", sameSite: "Lax", secure: true, httpOnly: true },
    ]);
  } finally {
    await server.stop();
  }
});
