import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { recurringRevenueMetric, upgradeMetric } from "../../billing/server";
import { defineMetric } from "../metrics/define-metric";
import { MetricRegistry } from "../metrics/registry";
import { createFixture, type Fixture } from "./database-fixtures";
import { writeHistory } from "./history";
import { aHistory, HISTORY_STATES, type HistoryState } from "./history-states";

const { connectionString } = await testDatabase();
let fixture: Fixture;

/** As the application defines it, which features do not know. */
const bookings = defineMetric({
  key: "bookings-per-event-type",
  name: "Bookings per event type",
  kind: "ratio",
  numerator: {
    query: {
      user: `SELECT type."userId" AS subject, booking."createdAt" AS at, 1 AS value
        FROM "Booking" AS booking JOIN "EventType" AS type ON type."id" = booking."eventTypeId"`,
    },
  },
  denominator: {
    query: { user: `SELECT "userId" AS subject, "createdAt" AS at, 1 AS value FROM "EventType"` },
  },
  minimumEffect: 0.1,
});

beforeAll(async () => {
  const metrics = new MetricRegistry();
  metrics.register([upgradeMetric, recurringRevenueMetric, bookings]);
  fixture = await createFixture(connectionString, { metrics });
});
afterAll(() => fixture.close());

const verdicts: Record<HistoryState, string> = {
  "too-early": "too_early",
  "before-end": "before_planned_end",
  "split-off": "split_is_off",
  better: "better",
  worse: "worse",
  "no-difference": "no_difference_that_matters",
  unclear: "no_clear_difference",
  "keep-going": "keep_going",
  "three-variants": "better",
  "two-epochs": "better",
  "guardrail-worse": "guardrail_worse",
  "guardrail-missing": "no_answer",
};

it.each(HISTORY_STATES)("the service reads the history %s as what it is", async (state) => {
  const history = aHistory(state);
  await writeHistory(fixture.database.pool, history);
  const { result } = await fixture.module.results.refresh(fixture.admin, history.slug);
  expect(result?.analysis?.verdict.code).toBe(verdicts[state]);
  expect(result?.leftOut).toMatchObject({
    imported: history.imported ?? 0,
    notExposed: history.unseen ?? 0,
    mixed: 0,
    erased: 0,
  });
  expect(result?.series.exposures.length).toBeGreaterThanOrEqual(4);
  expect(new Set(result?.split.map(({ epoch }) => epoch)).size).toBe(history.epochs.length);
  const found = await fixture.module.admin.catalog.get(fixture.admin, history.slug);
  expect(found).toMatchObject({ status: "running", damage: null });
});
