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
import { afterEach, beforeEach, expect, test } from "vitest";
import { count, observe, recordDuration } from "./telemetry";

let exported: InMemoryMetricExporter;
let reader: PeriodicExportingMetricReader;
let spans: InMemorySpanExporter;
let provider: MeterProvider;
beforeEach(() => {
  exported = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  reader = new PeriodicExportingMetricReader({ exporter: exported, exportIntervalMillis: 3_600_000 });
  provider = new MeterProvider({ readers: [reader] });
  spans = new InMemorySpanExporter();
});
afterEach(async () => {
  metrics.disable();
  trace.disable();
  await provider.shutdown();
});

function registerSdk() {
  metrics.setGlobalMeterProvider(provider);
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }),
  );
}

async function read(): Promise<Record<string, unknown[]>> {
  await reader.forceFlush();
  const all = exported
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
  return Object.fromEntries(
    all.map(({ descriptor, dataPoints }) => [
      descriptor.name,
      dataPoints.map(({ attributes, value }) => ({
        ...attributes,
        value: typeof value === "number" ? value : (value as { count: number }).count,
      })),
    ]),
  );
}

test("without an SDK nothing happens, and work is done all the same", async () => {
  count("experiments.decisions");
  recordDuration("http.server.request.duration", 5);
  await expect(observe("experiments.decide", async () => 7)).resolves.toBe(7);
});

test("an SDK that is registered after the first use gets everything from then on", async () => {
  count("experiments.decisions", { reason: "sticky" });
  registerSdk();
  count("experiments.decisions", { reason: "sticky" });
  count("experiments.decisions", { reason: "allocated" }, 2);
  recordDuration("http.server.request.duration", 5, { route: "/" });
  expect(await read()).toEqual({
    "experiments.decisions": [
      { reason: "sticky", value: 1 },
      { reason: "allocated", value: 2 },
    ],
    "http.server.request.duration": [{ route: "/", value: 1 }],
  });
});

test("a span says that work failed and by which code, and nothing of the message", async () => {
  registerSdk();
  const failure = Object.assign(new Error("ada@example.com does not exist"), { code: "not_found" });
  await expect(observe("experiments.decide", () => Promise.reject(failure))).rejects.toBe(failure);
  await observe("experiments.decide", async () => {});
  const finished = spans.getFinishedSpans();
  expect(finished.map(({ name, status }) => [name, status])).toEqual([
    ["experiments.decide", { code: 2, message: "not_found" }],
    ["experiments.decide", { code: 0 }],
  ]);
  expect(JSON.stringify(finished.map(({ attributes, events }) => [attributes, events]))).not.toContain("ada");
  expect(await read()).toEqual({
    "experiments.decide.duration": [
      { outcome: "error", value: 1 },
      { outcome: "ok", value: 1 },
    ],
  });
});
