import type { MetricRegistry } from "../../metrics/registry";
import { readStatus, readStoredConfig, type StoredFeature } from "../../utils/stored-config";
import { type ReadableEvents, tellReadableEvents } from "../readable-events";
import { isOver } from "../withholding";
import type { NewestResultsRepository } from "./newest-results.repository";

export interface RecordedEvents<Event> {
  row: StoredFeature;
  events: readonly Event[];
}

/** Says what of single subjects may be told beside their variants. It checks no permission: who hands it out does. */
export class ReadableEventsService {
  readonly #parts: { results: Pick<NewestResultsRepository, "findMany">; metrics: MetricRegistry };

  constructor(parts: { results: Pick<NewestResultsRepository, "findMany">; metrics: MetricRegistry }) {
    this.#parts = parts;
  }

  /** By slug. What is over is asked of nothing: it withholds nothing. */
  async tell<Event extends { event: string }>(
    recorded: readonly RecordedEvents<Event>[],
  ): Promise<Map<string, ReadableEvents<Event>>> {
    const read = recorded.map(({ row, events }) => {
      const stored = readStoredConfig(row);
      const config = stored.ok ? stored.config : null;
      const standing = { status: readStatus(row), endedAt: config?.endedAt ?? null };
      return { slug: row.slug, events, config, standing };
    });
    const open = read.filter(({ standing }) => !isOver(standing)).map(({ slug }) => slug);
    const results = await this.#parts.results.findMany(open);
    return new Map(
      read.map(({ slug, events, config, standing }) => {
        const asked = { ...standing, result: results.get(slug) ?? null };
        // Of a damaged experiment no metric is known, so that everything waits.
        const planning = config === null ? { metrics: [] } : this.#parts.metrics.plan(config);
        const clientEvents = config?.clientEvents ?? [];
        return [slug, tellReadableEvents(events, asked, { planning, clientEvents })];
      }),
    );
  }
}
