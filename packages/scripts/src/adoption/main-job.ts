import assert from "node:assert/strict";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import type { Pool } from "pg";
import { findOrInstallChromium } from "../lib/chromium";
import type { Host } from "./hosts";
import type { ServedHost } from "./served-host";

const SLUG = "upgrade-button";
/** Past so many people nobody would miss a variant by chance. */
const MANY = 24;

interface Person {
  id: string;
  context: BrowserContext;
  page: Page;
  shown: "urgent" | "control";
}

export interface MainJob {
  host: Host;
  served: ServedHost;
  /** The database itself, whatever the application has before it. */
  pool: Pool;
}

/** What somebody installs the module for, from a draft to a concluded experiment, as people see it. */
export async function doMainJob({ host, served, pool }: MainJob): Promise<string[]> {
  const browser = await chromium.launch({ executablePath: findOrInstallChromium(), args: ["--no-sandbox"] });
  const done: string[] = [];
  try {
    const job = new Job(browser, host, served, pool);
    const admin = await job.addPerson("admin");
    await job.start(admin);
    done.push("an experiment was created and started");
    const [urgent, control] = await job.findTwo();
    done.push("two people saw two variants in the first HTML");
    await job.order(urgent);
    await job.order(control);
    done.push("their exposures were counted, and their orders in the transactions that placed them");
    await job.readResults(admin);
    done.push("results came, with a metric over the application's own table");
    await job.erase(control);
    done.push("a deleted person is erased, and counts stay");
    await job.conclude(admin);
    done.push("it was concluded, and everybody sees the winner");
    return done;
  } finally {
    await browser.close();
  }
}

class Job {
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

  /** What an administrator asks of a service. */
  async #act<Answer>(context: BrowserContext, service: string, method: string, input: unknown) {
    const response = await context.request.post(`${this.#served.url}/api/act`, {
      data: { service, method, input },
    });
    assert.equal(response.status(), 200, `${service}.${method}: ${this.#served.said()}`);
    return (await response.json()) as Answer;
  }

  async start({ context }: { context: BrowserContext }): Promise<void> {
    const { version } = await this.#act<{ version: number }>(context, "editing", "create", EXPERIMENT);
    await this.#act(context, "lifecycle", "updateStatus", { slug: SLUG, version, action: "start" });
  }

  /** Whoever opens the page is told their variant by its HTML, before any script runs. */
  async open(context: BrowserContext): Promise<Pick<Person, "page" | "shown">> {
    const page = await context.newPage();
    const reported = page.waitForResponse((response) => response.url().endsWith("/exposures"), {
      timeout: 60_000,
    });
    reported.catch(() => {});
    const response = await page.goto(this.#served.url);
    const html = (await response?.text()) ?? "";
    const shown = html.includes("Upgrade today") ? "urgent" : "control";
    await page.getByRole("button", { name: shown === "urgent" ? "Upgrade today" : "Upgrade" }).waitFor();
    assert.match(html, /<button type="submit">Upgrade/);
    const state = await this.#stateOf();
    if (state === "running") assert.equal((await reported).status(), 204, this.#served.said());
    return { page, shown };
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

  async readResults({ context }: { context: BrowserContext }): Promise<void> {
    const view = JSON.stringify(await this.#act(context, "results", "refresh", SLUG));
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
    const { version } = await this.#act<{ version: number }>(context, "catalog", "get", SLUG);
    await this.#act(context, "lifecycle", "conclude", {
      slug: SLUG,
      version,
      winnerVariant: "urgent",
      reason: "won",
      learning: "",
    });
    for (let tried = 0; tried < 3; tried++) {
      const newcomer = await this.addPerson(`newcomer-${tried}`);
      assert.equal((await this.open(newcomer.context)).shown, "urgent", "Somebody does not see the winner.");
    }
  }

  async #stateOf(): Promise<string> {
    const { rows } = await this.#pool.query(
      `SELECT metadata ->> 'status' AS status FROM experiments."Feature" WHERE slug = $1`,
      [SLUG],
    );
    return rows[0]?.status ?? "none";
  }
}

/** What a person fills in; the rest has defaults. */
const EXPERIMENT = {
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
