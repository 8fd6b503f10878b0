import type { RefusedReason, RefusedReports, Report } from "../types/feed";

/** Kinds, reasons and events of one experiment; what is beyond it is counted without its event. */
const MOST_LINES = 40;
/** Experiments of which a node remembers something. */
const MOST_EXPERIMENTS = 1_000;

export interface RefusedReportsParts {
  /** Only experiments that there are: an invented slug leaves no trace. */
  isKnown: (slug: string) => boolean;
  clock: () => number;
}

/**
 * Counts in memory what browsers reported and this node did not record, by reason. It keeps no id, and as much as fits:
 * whoever floods a node must not make it write or grow.
 */
export class RefusedReportsCounter {
  readonly #parts: RefusedReportsParts;
  readonly #since: Date;
  /** Experiments in the order in which they were noted last. */
  readonly #lines = new Map<string, Map<string, RefusedReports>>();

  constructor(parts: RefusedReportsParts) {
    this.#parts = parts;
    this.#since = new Date(parts.clock());
  }

  note(slug: string, kind: Report, reason: RefusedReason, event: string | null = null, times = 1): void {
    if (times < 1 || !this.#parts.isKnown(slug)) return;
    const lines = this.#lines.get(slug) ?? new Map<string, RefusedReports>();
    this.#lines.delete(slug);
    this.#lines.set(slug, lines);
    if (this.#lines.size > MOST_EXPERIMENTS) {
      const [oldest] = this.#lines.keys();
      if (oldest !== undefined) this.#lines.delete(oldest);
    }
    const own = `${kind} ${reason} ${event ?? ""}`;
    const isOneMore = !lines.has(own) && lines.size >= MOST_LINES;
    const key = isOneMore ? `${kind} ${reason} ` : own;
    const at = new Date(this.#parts.clock());
    const line = lines.get(key);
    if (line === undefined)
      lines.set(key, { kind, reason, event: isOneMore ? null : event, times, firstAt: at, lastAt: at });
    else lines.set(key, { ...line, times: line.times + times, lastAt: at });
  }

  read(slug: string): { since: Date; refused: RefusedReports[] } {
    const refused = [...(this.#lines.get(slug)?.values() ?? [])];
    return { since: this.#since, refused: refused.sort((a, b) => Number(b.lastAt) - Number(a.lastAt)) };
  }
}
