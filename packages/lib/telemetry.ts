import {
  type Attributes,
  type Counter,
  type Histogram,
  type MeterProvider,
  metrics,
  ProxyTracerProvider,
  type Span,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";

// Only the interface of OpenTelemetry: without an SDK, which the host brings, all of it does nothing. Attributes are of
// few values and name nobody: no ids, addresses, keys or query strings.

const NAME = "calcom-experiments";

interface Instruments {
  provider: MeterProvider;
  counters: Map<string, Counter>;
  durations: Map<string, Histogram>;
}

let instruments: Instruments | null = null;

/** Those of the SDK that is registered now: one that came before it would do nothing for ever. */
function current(): Instruments {
  const provider = metrics.getMeterProvider();
  if (instruments?.provider !== provider)
    instruments = { provider, counters: new Map(), durations: new Map() };
  return instruments;
}

/** Adds to a counter, such as `experiments.decisions`. */
export function count(name: string, attributes: Attributes = {}, by = 1): void {
  const { counters, provider } = current();
  let counter = counters.get(name);
  if (counter === undefined) {
    counter = provider.getMeter(NAME).createCounter(name);
    counters.set(name, counter);
  }
  counter.add(by, attributes);
}

/** Records how long something took, in seconds as OpenTelemetry has it. */
export function recordDuration(name: string, milliseconds: number, attributes: Attributes = {}): void {
  const { durations, provider } = current();
  let duration = durations.get(name);
  if (duration === undefined) {
    duration = provider.getMeter(NAME).createHistogram(name, { unit: "s" });
    durations.set(name, duration);
  }
  duration.record(milliseconds / 1_000, attributes);
}

/** Runs `work` in a span of that name, and records how long it took and whether it succeeded. */
export function observe<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const provider = trace.getTracerProvider();
  // Without an SDK not even a span that does nothing is made: this is on the way of every decision.
  const isTraced =
    !(provider instanceof ProxyTracerProvider) || provider.getDelegateTracer(NAME) !== undefined;
  return isTraced
    ? trace.getTracer(NAME).startActiveSpan(name, (span) => run(name, work, span))
    : run(name, work, null);
}

async function run<Result>(name: string, work: () => Promise<Result>, span: Span | null): Promise<Result> {
  const began = performance.now();
  let outcome = "ok";
  try {
    return await work();
  } catch (error) {
    outcome = "error";
    // Not the message, which may name somebody.
    span?.setStatus({ code: SpanStatusCode.ERROR, message: codeOf(error) });
    throw error;
  } finally {
    span?.end();
    recordDuration(`${name}.duration`, performance.now() - began, { outcome });
  }
}

function codeOf(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "unknown";
}
