import type { MetricRole } from "@calcom/statistics";
import type { ExperimentConfig } from "../types/config";
import type { HeldMetric } from "../types/metric-catalog";
import { isByEvents } from "../types/metrics";
import { type Compiled, compileMetric } from "./compile-metric";
import { coversUnit } from "./covers-unit";
import { defineEventMetric, EVENT_PREFIX, type Metric } from "./define-metric";
import type { Source } from "./define-source";
import { NOT_DEFINED, NOT_FOR_UNIT } from "./faults";
import type { MetricPlanning, PlannedMetric, UnmeasuredMetric } from "./planned";
import { compareWithStart, listBrokenGuardrails } from "./registration";

export type PlannedConfig = Pick<ExperimentConfig, "metrics" | "clientEvents" | "unit"> &
  Partial<Pick<ExperimentConfig, "registeredMetrics">> & { catalogMetrics?: readonly HeldMetric[] };

/** Holds the metrics that code defines, and the sources from which people make others. */
export class MetricRegistry {
  readonly #metrics = new Map<string, Metric>();
  readonly #sources = new Map<string, Source>();

  /**
   * @throws Error if another definition has the same key; the same definition may come again, as it does on a reload
   */
  register(metrics: readonly Metric[]): void {
    for (const metric of metrics) {
      const present = this.#metrics.get(metric.key);
      if (present !== undefined && JSON.stringify(present) !== JSON.stringify(metric))
        throw new Error(`Two metrics are defined as ${metric.key}: give one of them another key.`);
      this.#metrics.set(metric.key, metric);
    }
  }

  /** @throws Error as `register` */
  registerSources(sources: readonly Source[]): void {
    for (const source of sources) {
      const present = this.#sources.get(source.key);
      if (present !== undefined && JSON.stringify(present) !== JSON.stringify(source))
        throw new Error(`Two sources are defined as ${source.key}: give one of them another key.`);
      this.#sources.set(source.key, source);
    }
  }

  listSources(): Source[] {
    return [...this.#sources.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  /** What a metric of the catalog counts, by the sources of this process. */
  compile(held: Pick<HeldMetric, "key" | "definition">): Compiled {
    return compileMetric(held, this.#sources);
  }

  /** Whether code defines it, so that the catalog cannot. */
  isInCode(key: string): boolean {
    return this.#metrics.has(key);
  }

  /** By its key: as the experiment holds it, else as code defines it; or why it cannot be measured. */
  #find(key: string, { unit, catalogMetrics = [] }: PlannedConfig): Compiled & { name: string } {
    const own = catalogMetrics.find((one) => one.key === key);
    const name = own?.definition.name ?? key;
    const defined = this.get(key);
    const found: Compiled =
      own !== undefined
        ? this.compile(own)
        : defined === null
          ? { ok: false, fault: NOT_DEFINED }
          : { ok: true, metric: defined };
    if (!found.ok) return { ...found, name };
    return coversUnit(found.metric, unit)
      ? { ...found, name: found.metric.name }
      : { ok: false, name: found.metric.name, fault: NOT_FOR_UNIT };
  }

  get(key: string): Metric | null {
    const defined = this.#metrics.get(key);
    if (defined !== undefined) return defined;
    return key.startsWith(EVENT_PREFIX) ? defineEventMetric(key.slice(EVENT_PREFIX.length)) : null;
  }

  list(): Metric[] {
    return [...this.#metrics.values()].sort((a, b) => a.key.localeCompare(b.key));
  }

  /** What an experiment can measure: every metric that covers its unit, and its client events. */
  listFor({ unit, clientEvents }: Pick<PlannedConfig, "unit" | "clientEvents">): Metric[] {
    return [
      ...this.list().filter((metric) => coversUnit(metric, unit)),
      ...clientEvents.map(defineEventMetric),
    ];
  }

  /**
   * The metrics of an experiment, in the order of its settings. Those that are not what was registered at its start are
   * marked here, for every door that shows them.
   */
  plan(config: PlannedConfig): MetricPlanning {
    const registered = config.registeredMetrics ?? null;
    const named = listRoles(config).map((one) => ({ ...one, found: this.#find(one.key, config) }));
    const metrics = named.flatMap(({ role, found }): PlannedMetric[] => {
      if (!found.ok) return [];
      const { metric } = found;
      return [{ metric, role, ...compareWithStart(registered, { metric, role }) }];
    });
    const unknown = named.flatMap(({ key, role, found }): UnmeasuredMetric[] =>
      found.ok ? [] : [{ key, name: found.name, role, fault: found.fault }],
    );
    return { metrics, unknown, broken: listBrokenGuardrails(registered, { metrics, unknown }) };
  }
}

/** Every metric that the settings name, whether or not anything defines it. */
export function listRoles({
  metrics,
  clientEvents,
}: Pick<ExperimentConfig, "metrics" | "clientEvents">): { key: string; role: MetricRole }[] {
  const { primary, secondary, guardrails } = metrics;
  if (isByEvents(metrics))
    return clientEvents.map((event, index) => ({
      key: `${EVENT_PREFIX}${event}`,
      role: index === 0 ? "primary" : "secondary",
    }));
  return [
    ...(primary === null ? [] : [{ key: primary, role: "primary" as const }]),
    ...secondary.map((key) => ({ key, role: "secondary" as const })),
    ...guardrails.map((key) => ({ key, role: "guardrail" as const })),
  ];
}
