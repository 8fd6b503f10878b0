import assert from "node:assert/strict";
import { reviveDates } from "@calcom/lib/dated-json";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import type { Pool } from "pg";
import type { Host } from "./host";
import type { ServedHost } from "./served-host";

const SLUG = "upgrade-button";
/** Past so many people nobody would miss a variant by chance. */
const MANY = 24;

/** What a person fills in; the rest has defaults. */
export const EXPERIMENT = {
  slug: SLUG,
  name: "Upgrade button",
  unit: "user",
  assignmentType: "deterministic",
  variants: [
    { name: "control", percentage: 50 },
    { name: "urgent", percentage: 50 },
  ],
  control: "control",
  trafficPercentage: 100,
  targetingRules: {},
  clientEvents: [],
  metrics: { primary: "order-value", secondary: [], guardrails: [] },
};

interface Person {
  id: string;
  context: BrowserContext;
  page: Page;
  shown: "urgent" | "control";
}

/** What people do in an application, and what has to come of it. */
export class Job {
  readonly #browser: Browser;
  readonly #host: Host;
  readonly #served: ServedHost;
  readonly #pool: Pool;
  #people = 0;

  constructor(browser: Browser, host: Host, served: ServedHost, pool: Pool) {
    this.#browser = browser;
    this.#host = host;
    this.#served = served;
    this.#pool = pool;
  }

  async addPerson(name: string): Promise<{ id: string; context: BrowserContext }> {
    const token = `token-of-${name}-${process.pid}`;
    const person = { email: `${name}@host.example`, token, isAdmin: name === "admin" };
    const id = await this.#host.addPerson(this.#pool, person);
    const context = await this.#browser.newContext();
    await context.addCookies([{ name: "session", value: token, url: this.#served.url }]);
    return { id, context };
  }

  /** What the pages of the administration ask the route. */
  async act<Answer>(context: BrowserContext, procedure: string, input: object): Promise<Answer> {
    const answer = await this.post<Parameters<typeof reviveDates>[0]>(context, `admin/${procedure}`, input);
    return reviveDates(answer) as Answer;
  }

  /** What a browser sends to the one route. */
  async post<Answer>(context: BrowserContext, door: string, input: object): Promise<Answer> {
    const response = await context.request.post(this.addressOf(`/api/experiments/${door}`), { data: input });
    assert.equal(response.status(), 200, `${door}: ${await response.text()}\n${this.#served.said()}`);
    return (await response.json()) as Answer;
  }

  addressOf(path: string): string {
    return this.#served.url + path;
  }

  async start({ context }: { context: BrowserContext }): Promise<void> {
    const { version } = await this.act<{ version: number }>(context, "create", EXPERIMENT);
    await this.act(context, "updateStatus", { slug: SLUG, version, action: "start" });
  }

  /** Whoever opens the page is told their variant by its HTML, before any script runs. */
  async open(context: BrowserContext, isCounted = true): Promise<Pick<Person, "page" | "shown">> {
    const page = await context.newPage();
    const reported = page.waitForResponse((response) => response.url().endsWith("/exposures"), {
      timeout: 60_000,
    });
    // Awaited where one is expected.
    reported.catch(() => {});
    const html = await this.#readPage(page);
    assert.match(html, /<button type="submit">Upgrade/);
    const shown = html.includes("Upgrade today") ? "urgent" : "control";
    await page.getByRole("button", { name: shown === "urgent" ? "Upgrade today" : "Upgrade" }).waitFor();
    if (isCounted) assert.equal((await reported).status(), 204, this.#served.said());
    return { page, shown };
  }

  /** Again where the decision was not made in time: a machine that does other things besides may take longer. */
  async #readPage(page: Page): Promise<string> {
    let html = "";
    for (let tried = 0; tried < 10; tried++) {
      html = (await (await page.goto(this.#served.url))?.text()) ?? "";
      if (!html.includes("unavailable")) return html;
    }
    throw new Error(`Nobody was decided for in time:\n${html}\n${this.#served.said()}`);
  }

  async findTwo(): Promise<[urgent: Person, control: Person]> {
    const found = new Map<string, Person>();
    for (let tried = 0; tried < MANY && found.size < 2; tried++) {
      const { id, context } = await this.addPerson(`person-${++this.#people}`);
      const { page, shown } = await this.open(context);
      found.set(shown, { id, context, page, shown });
    }
    const [urgent, control] = [found.get("urgent"), found.get("control")];
    assert(urgent && control, "Of so many people all saw the same variant.");
    return [urgent, control];
  }

  /** The same variant again, a click, and what the transaction has left. */
  async order({ id, context, shown }: Person): Promise<void> {
    const again = await this.open(context);
    assert.equal(again.shown, shown, "A person saw another variant when they came back.");
    await Promise.all([
      again.page.waitForResponse((response) => response.url().endsWith("/api/orders")),
      again.page.getByRole("button").click(),
    ]);
    const { rows } = await this.#pool.query(
      `SELECT "variant", "exposedAt" IS NOT NULL AS seen, value::int AS value,
         (SELECT count(*)::int FROM public."order" WHERE "userId"::text = $2) AS orders
       FROM experiments."ExperimentVariant" AS assignment
       JOIN experiments."ExperimentConversion" ON "assignmentId" = assignment.id AND "conversionEvent" = 'order_placed'
       WHERE assignment."experimentSlug" = $1 AND "userId"::text = $2`,
      [SLUG, id],
    );
    assert.deepEqual(rows, [{ variant: shown, seen: true, value: 49, orders: 1 }], this.#served.said());
  }

  async lookIntoAdmin({ context }: { context: BrowserContext }): Promise<void> {
    const page = await context.newPage();
    await page.goto(`${this.#served.url}/admin/experiments`);
    await page.getByRole("link", { name: EXPERIMENT.name }).first().waitFor();
    const stranger = await this.addPerson("stranger");
    const other = await stranger.context.newPage();
    await other.goto(`${this.#served.url}/admin/experiments`);
    await other.getByRole("heading").first().waitFor();
    assert.equal(await other.getByRole("link", { name: EXPERIMENT.name }).count(), 0);
  }

  async readResults({ context }: { context: BrowserContext }): Promise<void> {
    const view = JSON.stringify(await this.act(context, "results.refresh", { slug: SLUG }));
    assert.match(view, /order-value/);
    assert.doesNotMatch(view, /"status":"failed"/);
  }

  async erase({ id }: Person): Promise<void> {
    const count = async (where: string) =>
      (
        await this.#pool.query(
          `SELECT count(*)::int AS n FROM experiments."ExperimentVariant" WHERE "experimentSlug" = $1 AND ${where}`,
          [SLUG],
        )
      ).rows[0].n as number;
    const before = await count("true");
    await this.#pool.query(this.#host.removePerson, [id]);
    assert.equal(await count("true"), before);
    assert.equal(await count(`num_nonnulls("userId", "teamId", "visitorId") = 0`), 1);
  }

  async conclude({ context }: { context: BrowserContext }): Promise<void> {
    const { version } = await this.act<{ version: number }>(context, "get", { slug: SLUG });
    await this.act(context, "conclude", {
      slug: SLUG,
      version,
      winnerVariant: "urgent",
      reason: "stopped_early",
      learning: "",
    });
    for (let tried = 0; tried < 3; tried++) await this.seeWinner(`newcomer-${tried}`);
  }

  async seeWinner(name: string): Promise<void> {
    const { context } = await this.addPerson(name);
    const { shown } = await this.open(context, false);
    assert.equal(shown, "urgent", "Somebody does not see the winner.");
  }

  /** No provider has decided for it: the hook asks once the page is there. A page that has one then says the same. */
  async openClientPage({ path, react }: NonNullable<Host["clientPage"]>): Promise<void> {
    const { id, context } = await this.addPerson("client");
    const page = await context.newPage();
    const reported = page.waitForResponse((response) => response.url().endsWith("/exposures"));
    await page.goto(this.addressOf(path));
    assert.equal((await reported).status(), 204, this.#served.said());
    const { rows } = await this.#pool.query(
      `SELECT variant FROM experiments."ExperimentVariant" WHERE "experimentSlug" = $1 AND "userId"::text = $2 AND "exposedAt" IS NOT NULL`,
      [SLUG, id],
    );
    const [{ variant }] = rows;
    await page
      .getByRole("button", { name: variant === "urgent" ? "Upgrade today" : "Upgrade", exact: true })
      .waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.dataset.react), react);
    assert.equal((await this.open(context, false)).shown, variant);
  }
}
