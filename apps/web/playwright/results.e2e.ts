import type { StoredResult } from "@calcom/features/experiments/results";
import { HISTORY_STATES, type HistoryState } from "@calcom/features/experiments/testing/history-states";
import { expect, long, test, unlessAlways } from "./support/fixtures";
import {
  chart,
  comeToChart,
  exported,
  type ResultsServer,
  startResultsServer,
  verdict,
} from "./support/results-server";

const patiently = { timeout: 60_000 };

let server: ResultsServer;
test.beforeAll(async () => {
  server = await startResultsServer();
});
test.afterAll(() => server.stop());
test.beforeEach(({ page }) => server.login(page));

const said: Record<HistoryState, RegExp> = {
  "too-early": /Too early/,
  "before-end": /Hidden until the planned end/,
  "split-off": /Not trustworthy: sample ratio mismatch.*don’t trust these results/s,
  better: /urgent is better/,
  worse: /urgent is worse/,
  "no-difference": /No meaningful difference/,
  unclear: /Inconclusive/,
  "keep-going": /Inconclusive so far/,
  "three-variants": /urgent is better/,
  "two-epochs": /urgent is better/,
  "guardrail-worse": /Guardrail harmed: with urgent, Bookings per event type is/,
  "guardrail-missing": /the guardrail refunds can’t be measured/,
};

const EARLY: readonly HistoryState[] = ["too-early", "before-end"];

/** Of the shapes of a page those that say the most: there is a winner, and a harm. */
const ALWAYS: readonly HistoryState[] = ["better", "guardrail-worse"];

for (const state of HISTORY_STATES) {
  test(
    `an experiment that is ${state} is read to its verdict, from the list on`,
    unlessAlways(ALWAYS.includes(state)),
    async ({ page }) => {
      const result = await server.walkTo(page, state);
      await expect(verdict(page)).toContainText(said[state]);
      const isOff = state === "split-off";
      await expect(page.getByRole("alert").filter({ hasText: "don’t trust these results" })).toHaveCount(
        isOff ? 1 : 0,
      );
      const counts = page.getByRole("region", { name: "Counts by variant" });
      await expect(counts.getByRole("table")).toHaveCount(1);
      if (isOff) {
        await counts.getByText("Show them anyway").click();
        await expect(counts.getByRole("table")).toHaveCount(2);
      }
      await page.getByText("How participants are split").click();
      await expect(
        verdict(page)
          .getByText(/Fixed-sample test: chi-square/)
          .first(),
      ).toBeVisible();
      await comeToChart(page, "Exposures");
      if (EARLY.includes(state) || isOff) {
        for (const name of [/^Lift over time/, /^Novelty check/, /^Segments/])
          await expect(chart(page, name)).toHaveCount(0);
        await expect(page.getByRole("progressbar", { name: "Progress to target" })).toHaveCount(
          isOff ? 0 : 1,
        );
      } else {
        const lift = await comeToChart(page, /^Lift over time/);
        await expect(lift).toContainText(liftOf(result, "urgent"));
      }
    },
  );
}

test("what the table says of a row is what the page concludes", long, async ({ page }) => {
  await server.walkTo(page, "no-difference");
  await expect(page.getByRole("row", { name: /^urgent .* within the minimum effect/ })).toBeVisible();
  await server.walkTo(page, "better");
  await expect(verdict(page)).toContainText("Guardrail Bookings per event type: no meaningful harm");
  const guardrail = chart(page, "Bookings per event type");
  await expect(guardrail.getByRole("row", { name: /^urgent .* no meaningful harm/ })).toBeVisible();
});

/** As the page writes the lift of the last look, of the metric that the verdict is about. */
function liftOf({ metrics, series, analysis }: StoredResult, variant: string): string {
  const primary = metrics.find(({ role }) => role === "primary")?.key;
  const verdict = analysis?.verdict;
  const metric = verdict?.code === "guardrail_worse" ? verdict.effect.metric : primary;
  const lift = series.effects.findLast((one) => one.variant === variant && one.metric === metric)?.lift ?? 0;
  const percent = (100 * Math.abs(lift)).toFixed(1);
  return `${lift < 0 ? "\u2212" : "+"}${percent}%`;
}

for (const state of EARLY) {
  test(
    `while an experiment is ${state}, nothing of the page, the API or the exports compares its variants`,
    unlessAlways(state === "too-early"),
    async ({ page }) => {
      const result = await server.walkTo(page, state);
      await expect(verdict(page)).toContainText(said[state]);
      const { metrics, segments } = result;
      expect(metrics[0]?.epochs).not.toEqual([]);
      expect(segments).not.toEqual([]);
      const url = `${server.baseUrl}/api/trpc/viewer.admin.experiments.results.get?input=${encodeURIComponent(JSON.stringify({ json: { slug: result.slug } }))}`;
      const answered = (await (await page.request.get(url)).json()).result.data.json;
      for (const shown of [answered, JSON.parse(await exported(page, "JSON"))]) {
        expect(shown.figures).toBe("withheld");
        expect(shown.result.segments).toEqual([]);
        expect(shown.result.novelty).toEqual([]);
        expect(shown.result.series.effects).toEqual([]);
        expect(JSON.stringify(shown)).not.toContain('"compared"');
      }
      for (const line of (await exported(page, "CSV")).trim().split("\n").slice(1))
        expect(line).toMatch(/withheld|too_few|before_planned_end|,control,/);
    },
  );
}

test("whoever looks early is asked, shown the figures, and found in the activity with what could be seen", async ({
  page,
}) => {
  const result = await server.walkTo(page, "before-end");
  await page.getByRole("button", { name: "View early…" }).click();
  const dialog = page.getByRole("alertdialog").or(page.getByRole("dialog"));
  await expect(dialog).toContainText("logged");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  expect(await looksAt(result.slug)).toEqual([]);
  await page.getByRole("button", { name: "View early…" }).click();
  await dialog.getByRole("button", { name: "View early" }).click();
  await expect(page.getByText("You’re viewing early results")).toBeVisible();
  expect(await looksAt(result.slug)).toMatchObject([
    { mode: "fixed", verdict: "before_planned_end", exposed: result.exposed },
  ]);
  await page.getByRole("tab", { name: "Activity" }).click();
  await expect(page.getByText(/Ada.*viewed results/)).toBeVisible();
  // It was this person's look, and for this time: the next one sees what everybody sees.
  await page.goto(server.addressOf(result.slug));
  await expect(verdict(page)).toContainText(said["before-end"]);
  await expect(page.getByRole("button", { name: "View early…" })).toBeVisible();
});

async function looksAt(slug: string): Promise<object[]> {
  const { rows } = await server.database.pool.query<{ after: object }>(
    `SELECT "after" FROM "AuditLog" WHERE "action" = 'LOOK' AND "rowKey" = $1`,
    [slug],
  );
  return rows.map(({ after }) => after);
}

test("what the exports hold is what was counted", long, async ({ page }) => {
  const result = await server.walkTo(page, "better");
  const json = JSON.parse(await exported(page, "JSON"));
  // The next look needs the state of each segment, whose values may be people's.
  const { smallestSegmentP, ...state } = result.analysis?.state ?? {};
  expect(json.result.analysis).toEqual({ ...result.analysis, state });
  expect(json.result.settings).toEqual(result.settings);
  const [head, ...lines] = (await exported(page, "CSV")).trim().split("\n");
  const columns = head?.split(",") ?? [];
  const urgent = lines
    .map((line) => line.split(","))
    .find(([metric, , variant]) => metric === "upgrade" && variant === "urgent");
  const cell = (name: string) => urgent?.[columns.indexOf(name)];
  const comparison = result.analysis?.metrics[0]?.comparisons[0];
  if (comparison?.status !== "compared") throw new Error("The fixture compares.");
  expect(Number(cell("lift"))).toBeCloseTo(comparison.lift.value ?? 0, 12);
  expect(Number(cell("p_adjusted"))).toBeCloseTo(comparison.pAdjusted, 12);
  expect(cell("outcome")).toBe("better");
});

test(
  "whoever concludes reads the verdict again, and is left with the receipt, on the same page",
  long,
  async ({ page }) => {
    const { slug } = await server.walkTo(page, "two-epochs");
    await page.getByRole("button", { name: "Conclude…" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("status")).toContainText(said["two-epochs"]);
    for (const choice of await dialog.getByRole("radio").all()) await expect(choice).not.toBeChecked();
    await dialog.getByRole("radio", { name: "urgent" }).click();
    await dialog.getByRole("radio", { name: "A variant did better" }).click();
    await dialog.getByRole("button", { name: "Conclude experiment" }).click();
    const receipt = page.getByRole("region", { name: "Result snapshot" });
    await expect(receipt).toContainText(`verify ${slug}`, patiently);
    await expect(page.getByRole("button", { name: "Refresh" })).toHaveCount(0);
    await expect(verdict(page)).toContainText(said["two-epochs"]);
  },
);

test("new results appear on an open page, without loading it again", long, async ({ page, browser }) => {
  await page.clock.install();
  const { slug } = await server.walkTo(page, "worse");
  await expect(verdict(page)).toContainText(said.worse);
  await page.evaluate(() => Object.assign(window, { isStillTheSamePage: true }));
  await server.database.pool.query(
    `INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "visitorId", "assignmentType", "epoch", "exposedAt")
     SELECT $1, 'control', gen_random_uuid(), 'DETERMINISTIC', 1, now() FROM generate_series(1, 1111)`,
    [slug],
  );
  const other = await (await browser.newContext()).newPage();
  await server.login(other);
  await server.countAgain(other, slug);
  await other.context().close();
  const { exposed } = await server.storedResult(slug);
  const all = new Intl.NumberFormat("en").format(Object.values(exposed).reduce((sum, n) => sum + n, 0));
  await page.clock.fastForward("00:31");
  await expect(chart(page, "Exposures")).toContainText(`${all} visitors`, patiently);
  expect(await page.evaluate(() => "isStillTheSamePage" in window)).toBe(true);
});
