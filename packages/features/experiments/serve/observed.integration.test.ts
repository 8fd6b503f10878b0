import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { metrics, trace } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterAll, expect, test } from "vitest";
import { anIdentity, aRunningExperiment, createFixture, createUser } from "../testing/database-fixtures";
import { createEnrolmentLimiter } from "./enrolment-limiter";

const { connectionString } = await testDatabase();
const fixture = await createFixture(connectionString, {
  limiter: createEnrolmentLimiter({ newVisitorsPerHour: 1 }),
});
const exported = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const provider = new MeterProvider({
  readers: [new PeriodicExportingMetricReader({ exporter: exported, exportIntervalMillis: 3_600_000 })],
});
const spans = new InMemorySpanExporter();
metrics.setGlobalMeterProvider(provider);
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }));
afterAll(async () => {
  metrics.disable();
  trace.disable();
  await provider.shutdown();
  await fixture.close();
});

test("a host's OpenTelemetry hears what is decided, recorded and refused, and of nobody in particular", async () => {
  const { experiments, recounts } = fixture.module;
  const { slug } = await aRunningExperiment(fixture, { unit: "visitor" });
  const named = { address: "203.0.113.77", userId: null } as const;
  const visitors = [randomUUID(), randomUUID()];
  for (const visitorId of visitors) await experiments.decide(anIdentity({ ...named, visitorId }), [{ slug }]);
  const visitor = anIdentity({ ...named, visitorId: visitors[0] ?? null });
  await experiments.recordExposures(visitor, [{ slug }]);
  await experiments.recordConversions(visitor, [{ slug, event: "clicked", key: "a-key-of-somebody" }]);
  const userId = await createUser(fixture.database);
  await experiments.trackConversion("clicked", { subject: { userId } });
  await expect(experiments.decide(visitor, [{ slug, userId: userId + 1 }])).rejects.toThrow();
  await recounts.recount(slug);
  await provider.forceFlush();

  const all = exported
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
  const points = all.flatMap(({ descriptor: { name }, dataPoints }) =>
    dataPoints.map(({ attributes }) => `${name} ${JSON.stringify(attributes)}`),
  );
  expect(points).toEqual(
    expect.arrayContaining([
      'experiments.decisions {"reason":"allocated"}',
      'experiments.decisions {"reason":"rate_limited"}',
      'experiments.decide.duration {"outcome":"ok"}',
      'experiments.decide.duration {"outcome":"error"}',
      'experiments.recorded {"kind":"exposure"}',
      'experiments.recorded {"kind":"conversion"}',
      'experiments.limits.refused {"limit":"new_visitors"}',
      'experiments.recount.duration {"outcome":"ok"}',
    ]),
  );
  const finished = spans.getFinishedSpans();
  expect(new Set(finished.map(({ name }) => name))).toEqual(
    new Set(["decide", "expose", "convert", "credit", "recount"].map((name) => `experiments.${name}`)),
  );
  const emitted = [
    ...points,
    ...finished.map(({ name, attributes, events, status }) =>
      JSON.stringify([name, attributes, events, status]),
    ),
  ].join("\n");
  for (const secret of [...visitors, named.address, "a-key-of-somebody", slug, "@test.example"])
    expect(emitted).not.toContain(secret);
});
