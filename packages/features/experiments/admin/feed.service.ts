import { listSources } from "../metrics/define-metric";
import type { MetricRegistry } from "../metrics/registry";
import type { ReadableEventsService } from "../results/recount/readable-events.service";
import type { AccessService, Actor } from "../serve/access.service";
import type { ExperimentConfigsRepository } from "../serve/config/experiment-configs.repository";
import type { RefusedReportsCounter } from "../serve/refused-reports";
import type { ExperimentConfig } from "../types/config";
import type { ExperimentFeed, FeedEvent } from "../types/feed";
import { DEFAULT_WINDOW_DAYS } from "../types/settings";
import { shortId } from "../utils/mask";
import { type CountedBy, whyConversionNotCounted, whyExposureNotCounted } from "../utils/not-counted";
import { noSuchExperiment } from "../utils/refusals";
import { readStoredConfig } from "../utils/stored-config";
import type { FeedRepository, FeedRow } from "./feed.repository";

/** Of what was recorded. */
const MOST_EVENTS = 100;

export interface FeedParts {
  access: Pick<AccessService, "authorize" | "may">;
  configs: Pick<ExperimentConfigsRepository, "loadMany">;
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
    const conversions = rows.flatMap((of) =>
      of.conversions.map(({ id, event, occurredAt }) => ({
        id,
        event,
        occurredAt: new Date(occurredAt),
        of,
      })),
    );
    const told = (await events.tell([{ row, events: conversions }])).get(slug);
    const all = [
      ...(told?.events ?? []).map(
        ({ id, event, occurredAt, of }): FeedEvent => ({
          ...about(of, maySeeAll),
          id,
          at: occurredAt,
          kind: "converted",
          event,
          notCounted: whyConversionNotCounted({ event, occurredAt }, of, counted),
        }),
      ),
      ...rows.flatMap((of): FeedEvent[] => [
        {
          ...about(of, maySeeAll),
          id: `${of.id}:exposed`,
          at: of.exposedAt,
          kind: "exposed",
          event: null,
          notCounted: whyExposureNotCounted(of, counted),
        },
        {
          ...about(of, maySeeAll),
          id: `${of.id}:assigned`,
          at: of.assignedAt,
          kind: "assigned",
          event: null,
          notCounted: of.isImported ? "imported" : null,
        },
      ]),
    ];
    const { since, refused: lines } = refused.read(slug);
    return {
      asOf: clock(),
      // Of one moment, what follows from the other stands above it.
      events: all.sort((a, b) => Number(b.at) - Number(a.at)).slice(0, MOST_EVENTS),
      isWithheld: told?.isWithheld ?? false,
      isMasked: !maySeeAll,
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

function about(
  { variant, unit, unitId }: FeedRow,
  maySeeAll: boolean,
): Pick<FeedEvent, "variant" | "subject"> {
  return { variant, subject: { unit, id: maySeeAll ? unitId : maskId(unit, unitId) } };
}

/** Teams have names for viewers everywhere; the id of a user is all that it takes to look at that user. */
function maskId(unit: FeedRow["unit"], id: string | null): string | null {
  if (id === null || unit === "user") return null;
  return unit === "visitor" ? shortId(id) : id;
}
