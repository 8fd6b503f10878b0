import { listSources } from "../metrics/define-metric";
import type { MetricRegistry } from "../metrics/registry";
import type { ReadableEventsService } from "../results/recount/readable-events.service";
import type { AccessService, Actor } from "../serve/access.service";
import type { RefusedReportsCounter } from "../serve/refused-reports";
import type { ExperimentConfig } from "../types/config";
import type { ExperimentFeed } from "../types/feed";
import { DEFAULT_WINDOW_DAYS } from "../types/settings";
import type { CountedBy } from "../utils/not-counted";
import { noSuchExperiment } from "../utils/refusals";
import { readStoredConfig, type StoredFeature } from "../utils/stored-config";
import type { FeedRepository } from "./feed.repository";
import { listConversions, toConverted, toSeen } from "./feed-events";

/** Of what was recorded. */
const MOST_EVENTS = 100;

export interface FeedParts {
  access: Pick<AccessService, "authorize" | "may">;
  configs: { loadMany(slugs: string[]): Promise<StoredFeature[]> };
  feed: Pick<FeedRepository, "listLatest">;
  events: Pick<ReadableEventsService, "tell">;
  metrics: Pick<MetricRegistry, "plan">;
  refused: Pick<RefusedReportsCounter, "read">;
  clock: () => Date;
}

/**
 * Says what was recorded last of an experiment, whether it counts, and what was not recorded. It tells no more of anybody
 * than a look at that person does: viewers are told no id by which somebody could be looked up.
 */
export class FeedService {
  readonly #parts: FeedParts;

  constructor(parts: FeedParts) {
    this.#parts = parts;
  }

  /** @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found` */
  async read(actor: Actor, slug: string): Promise<ExperimentFeed> {
    const { access, configs, feed, events, refused, clock } = this.#parts;
    await access.authorize(actor, "view");
    const [[row], maySeeAll] = await Promise.all([configs.loadMany([slug]), access.may(actor, "edit")]);
    if (row === undefined) throw noSuchExperiment(slug);
    const stored = readStoredConfig(row);
    const counted = this.#countedBy(stored.ok ? stored.config : null);
    const rows = await feed.listLatest(slug);
    const told = (await events.tell([{ row, events: rows.flatMap(listConversions) }])).get(slug);
    const asOf = clock();
    const telling = { counted, maySeeAll, asOf };
    const all = [
      ...(told?.events ?? []).map((one) => toConverted(one, telling)),
      ...rows.flatMap((of) => toSeen(of, telling)),
    ];
    const { since, refused: lines } = refused.read(slug);
    return {
      asOf,
      // Of one moment, what follows from the other stands above it.
      events: all.sort((a, b) => Number(b.at) - Number(a.at)).slice(0, MOST_EVENTS),
      isWithheld: told?.isWithheld ?? false,
      isMasked: !maySeeAll,
      isCut: rows.some((of) => of.isCut),
      refused: lines,
      refusedSince: since,
    };
  }

  /** Of a damaged experiment nobody knows what counts, beyond the window that there is by default. */
  #countedBy(config: ExperimentConfig | null): CountedBy {
    if (config === null) return { windowDays: DEFAULT_WINDOW_DAYS, endedAt: null, events: null };
    const { metrics } = this.#parts.metrics.plan(config);
    const sources = metrics.flatMap(({ metric }) => listSources(metric));
    return {
      windowDays: config.conversionWindowDays,
      endedAt: config.endedAt === null ? null : new Date(config.endedAt),
      events: new Set(sources.flatMap((source) => ("events" in source ? source.events : []))),
    };
  }
}
