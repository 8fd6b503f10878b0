import { expect, test, vi } from "vitest";
import { defineEventMetric } from "../../metrics/define-metric";
import { MetricRegistry } from "../../metrics/registry";
import { LONG_READ_MS } from "../../sql/long-statement";
import { aConfig } from "../../testing/builders";
import { tookTooLong } from "../../types/errors";
import { createHostIds } from "../../utils/host-ids";
import { AudienceCounter } from "../audience-counter";
import { Forecaster, type ForecasterParts } from "./forecaster";

const config = aConfig({ status: "running", trafficPercentage: 100 });
const clock = () => new Date(0);

/** What reads for long ends when it is told to. */
function aSlowDatabase() {
  const ends: (() => void)[] = [];
  const state = { atOnce: 0, most: 0, limits: [] as number[] };
  const read = <Answer>(answer: Answer) => {
    state.most = Math.max(state.most, ++state.atOnce);
    return new Promise<Answer>((resolve) =>
      ends.push(() => {
        state.atOnce--;
        resolve(answer);
      }),
    );
  };
  const endAll = async () => {
    for (let idle = 0; idle < 5; idle = ends.length === 0 ? idle + 1 : 0) {
      ends.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { state, read, endAll };
}

function aForecaster(changes: object = {}) {
  const { state, read, endAll } = aSlowDatabase();
  const parts = {
    counter: { count: async () => null },
    planning: { findBusiest: async () => ({ slug: "busy", cumulative: [100, 200] }) },
    configs: { loadMany: async () => [{ slug: "busy", enabled: true, metadata: config }] },
    recounts: {
      readOutcomesOfSample: (_: unknown, __: unknown, { limitMs }: { limitMs: number }) => {
        state.limits.push(limitMs);
        return read([]);
      },
    },
    metrics: new MetricRegistry(),
    clock,
    log: { warn: () => {} },
    ...changes,
  };
  return { forecaster: new Forecaster(parts as unknown as ForecasterParts), state, endAll };
}

const asking = (event: string) => ({
  ...config,
  clientEvents: [event],
  metrics: { primary: `event:${event}`, secondary: [], guardrails: [] },
});

test("forecasts take two connections for what reads for long, whoever asks, and no longer than a person waits", async () => {
  const { forecaster, state, endAll } = aForecaster();
  const asked = [
    ...Array.from({ length: 10 }, (_, n) => forecaster.forecast(asking(`event-${n}`))),
    ...Array.from({ length: 10 }, (_, n) => forecaster.measure("user", defineEventMetric(`metric-${n}`))),
  ];
  const settled = Promise.allSettled(asked);
  await endAll();
  const answers = await settled;
  expect(state.most).toBe(2);
  expect(new Set(state.limits)).toEqual(new Set([LONG_READ_MS]));
  expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(12);
  await expect(asked[19]).rejects.toMatchObject({ code: "unavailable" });
});

test("a metric that is slow by itself does not take the rest of the forecast with it, and is logged", async () => {
  const cause = Object.assign(new Error("canceling statement due to statement timeout"), { code: "57014" });
  const warn = vi.fn();
  const { forecaster } = aForecaster({
    recounts: { readOutcomesOfSample: () => Promise.reject(tookTooLong(cause)) },
    log: { warn },
  });
  expect(await forecaster.forecast(asking("slow"))).toMatchObject({ perWeek: 700, missing: "baseline" });
  expect(warn).toHaveBeenCalledExactlyOnceWith(expect.any(String), {
    metric: "event:slow",
    fault: "its query takes too long",
  });
});

test("a start goes before those who only look", async () => {
  const { forecaster, endAll } = aForecaster();
  const order: string[] = [];
  const looks = Array.from({ length: 12 }, (_, n) =>
    forecaster.forecast(asking(`event-${n}`)).then(() => order.push("look")),
  );
  const start = forecaster.planStart("a", asking("start")).then(() => order.push("start"));
  await endAll();
  await Promise.all([...looks, start]);
  expect(order.indexOf("start")).toBeLessThan(4);
});

test("an audience is counted for two at a time", async () => {
  const { state, read, endAll } = aSlowDatabase();
  const counter = new AudienceCounter({
    facts: { count: () => read(0), page: async () => [] },
    compile: () => ({ needs: { size: 0 }, matches: () => true }),
    ids: createHostIds(),
    clock,
  });
  const asked = Array.from({ length: 20 }, () => counter.count({ unit: "user", targetingRules: {} }));
  const settled = Promise.allSettled(asked);
  await endAll();
  expect((await settled).filter(({ status }) => status === "fulfilled")).toHaveLength(12);
  expect(state.most).toBe(2);
});
