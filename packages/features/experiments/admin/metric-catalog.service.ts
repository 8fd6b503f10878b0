import { canonicalJson } from "@calcom/lib/canonical-json";
import { changedMeanwhile } from "@calcom/lib/changed-meanwhile";
import { sentence } from "@calcom/lib/sentence";
import type { Metric } from "../metrics/define-metric";
import { listTerms, listTermsInCode } from "../metrics/list-terms";
import type { MetricRegistry } from "../metrics/registry";
import type { MetricTrials } from "../results/recount/metric-trials";
import type { AccessService, Actor } from "../serve/access.service";
import { ExperimentError } from "../types/errors";
import type { CatalogDefinition, MetricChange, NewMetric } from "../types/metric-catalog";
import type { KnownMetric, MetricDetail, MetricListing, OfferedSource } from "../types/metric-views";
import { statusSchema } from "../types/settings";
import { metricFault, noSuchMetric } from "../utils/refusals";
import { type KnownMetrics, listUnits } from "./known-metrics";
import { MAX_METRICS, type MetricCatalogRepository, type MetricRow } from "./metric-catalog.repository";
import { type ReadMetric, readMetricRow } from "./read-metric-row";

export interface MetricCatalogParts {
  access: Pick<AccessService, "authorize">;
  catalog: MetricCatalogRepository;
  known: KnownMetrics;
  metrics: MetricRegistry;
  trials: Pick<MetricTrials, "findFault">;
}

/** The metrics that experiments can name: those that code defines, and those that people make of its sources. */
export class MetricCatalogService {
  readonly #parts: MetricCatalogParts;

  constructor(parts: MetricCatalogParts) {
    this.#parts = parts;
  }

  /** All that forms and pages name. @throws ExperimentError `not_signed_in`, `not_allowed` */
  async listKnown(actor: Actor): Promise<KnownMetric[]> {
    await this.#parts.access.authorize(actor, "view");
    return this.#parts.known.list();
  }

  /** The pages of the catalog show faults by the row. @throws as `listKnown` */
  async list(actor: Actor): Promise<MetricListing[]> {
    await this.#parts.access.authorize(actor, "view");
    const { catalog, known, metrics } = this.#parts;
    const [uses, made] = await Promise.all([catalog.countUses(), known.listMade()]);
    const listed: MetricListing[] = [];
    for (const read of made) listed.push(await this.#describe(read, uses.get(read.row.key)));
    for (const metric of metrics.list()) listed.push(await this.#describeCode(metric, uses.get(metric.key)));
    return listed;
  }

  /** @throws ExperimentError as `listKnown`, `not_found` */
  async get(actor: Actor, key: string): Promise<MetricDetail> {
    await this.#parts.access.authorize(actor, "view");
    const { catalog, metrics } = this.#parts;
    const [uses, coded] = [await catalog.listUses(key), metrics.isInCode(key) ? metrics.get(key) : null];
    const usedBy = uses.map(({ status, ...use }) => ({
      ...use,
      status: statusSchema.catch("draft").parse(status),
    }));
    if (coded !== null) {
      const listing = await this.#describeCode(coded, uses.length);
      const { direction, minimumEffect } = coded;
      const units = listUnits(coded);
      return { ...listing, direction, minimumEffect, revision: null, units, versions: [], usedBy };
    }
    const row = await this.#find(key);
    const read = this.#read(row);
    const versions = await catalog.listVersions(key);
    return {
      ...(await this.#describe(read, uses.length)),
      direction: read.definition?.direction ?? null,
      minimumEffect: read.definition?.minimumEffect ?? null,
      revision: row.revision,
      units: read.metric === null ? [] : listUnits(read.metric),
      versions: versions.map((version) => ({ ...version, definition: readMetricRow(version).definition })),
      usedBy,
    };
  }

  /** What code offers for making metrics. @throws as `listKnown` */
  async listSources(actor: Actor): Promise<OfferedSource[]> {
    await this.#parts.access.authorize(actor, "view");
    return this.#parts.metrics.listSources().map(({ key, name, query, values, filters }) => ({
      key,
      name,
      units: [
        ...(query.user === undefined ? [] : (["user", "visitor"] as const)),
        ...(query.team === undefined ? [] : (["team"] as const)),
      ],
      values: Object.entries(values).map(([value, { name, currency = null }]) => ({
        key: value,
        name,
        currency,
      })),
      filters: Object.entries(filters).map(([filter, { name, type }]) => ({ key: filter, name, type })),
    }));
  }

  /** @throws ExperimentError `not_signed_in`, `not_allowed`, `invalid_config` */
  async create(actor: Actor, input: NewMetric): Promise<MetricDetail> {
    const actorId = await this.#parts.access.authorize(actor, "edit");
    if (this.#parts.metrics.isInCode(input.key)) throw keyTaken(input.key);
    await this.#refuseFaulty(input);
    const answer = await this.#parts.catalog.create(actorId, input);
    if (answer === "taken") throw keyTaken(input.key);
    if (answer === "full") throw catalogFull();
    return this.get(actor, input.key);
  }

  /**
   * Another definition is another version: experiments that have started keep theirs.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`, `stale_version`, `invalid_config`
   */
  async change(
    actor: Actor,
    { key, revision, change }: { key: string; revision: number; change: MetricChange },
  ): Promise<MetricDetail> {
    const actorId = await this.#parts.access.authorize(actor, "edit");
    const { definition, ownedByMe, ...rest } = change;
    const row = await this.#find(key);
    if (definition !== undefined) await this.#refuseFaulty({ key, definition });
    const write = { ...rest, ...(ownedByMe && { ownerId: actorId }) };
    const isNew = definition !== undefined && !isSame(definition, this.#read(row).definition);
    if (
      !(await this.#parts.catalog.change(
        actorId,
        { key, revision },
        { ...write, ...(isNew && { definition }) },
      ))
    )
      throw staleMetric(this.#read(row).definition?.name ?? key, await this.#parts.catalog.findEditor(key));
    return this.get(actor, key);
  }

  /** What cannot be counted is no metric. The sentence is shown where it is made. */
  async #refuseFaulty({ key, definition }: Pick<NewMetric, "key" | "definition">): Promise<void> {
    const compiled = this.#parts.metrics.compile({ key, definition });
    const fault = compiled.ok ? await this.#parts.trials.findFault(compiled.metric) : compiled.fault;
    if (fault !== null) throw metricFault(definition.name, fault, "definition");
    if (compiled.ok && listUnits(compiled.metric).length === 0)
      throw new ExperimentError(
        "invalid_config",
        "Both sources must cover users, or both must cover teams.",
        {
          field: "definition",
        },
      );
  }

  async #find(key: string): Promise<MetricRow> {
    const row = await this.#parts.catalog.find(key);
    if (row === null) throw noSuchMetric(key);
    return row;
  }

  #read(row: MetricRow): ReadMetric<MetricRow> {
    return { row, ...readMetricRow(row, this.#parts.metrics) };
  }

  async #describe(
    { row, definition, metric, fault }: ReadMetric<MetricRow>,
    uses = 0,
  ): Promise<MetricListing> {
    const { key, description, status, version } = row;
    return {
      key,
      name: definition?.name ?? key,
      kind: definition?.kind ?? null,
      counts: definition === null ? [] : listTerms(definition),
      description,
      status,
      owner: row.ownerId === null ? null : { id: row.ownerId, name: row.ownerName ?? "" },
      version,
      uses,
      fault: fault ?? (metric && (await this.#parts.trials.findFault(metric))),
    };
  }

  async #describeCode(metric: Metric, uses = 0): Promise<MetricListing> {
    const { key, name, kind } = metric;
    const fault = await this.#parts.trials.findFault(metric);
    const told = { description: "", status: null, owner: null, version: null };
    return { key, name, kind, counts: listTermsInCode(metric), ...told, uses, fault };
  }
}

function isSame(a: CatalogDefinition, b: CatalogDefinition | null): boolean {
  return b !== null && canonicalJson(a) === canonicalJson(b);
}

function keyTaken(key: string): ExperimentError {
  return new ExperimentError(
    "slug_taken",
    sentence("The key {{key}} is taken. Choose another one.", { key }),
    {
      field: "key",
    },
  );
}

function catalogFull(): ExperimentError {
  return new ExperimentError(
    "invalid_config",
    sentence(
      "The catalog has {{most}} metrics, which is as many as it can hold. Change one of them instead.",
      {
        most: MAX_METRICS,
      },
    ),
  );
}

function staleMetric(name: string, who: string | null): ExperimentError {
  const { message, details } = changedMeanwhile(name, who);
  return new ExperimentError("stale_version", message, { details });
}
