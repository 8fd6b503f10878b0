import { ExperimentError } from "../types/errors";
import type { ConversionReport, ExposureReport } from "../types/reports";
import type { CompiledExperiment } from "../utils/compile";
import { findPreviewed } from "../utils/overrides";
import { isCounted } from "../utils/uncounted";
import type { Decided } from "./answer";
import type { Assignment } from "./assignments.repository";
import type { EnrolmentLimiter } from "./enrolment-limiter";
import type { EventOutbox } from "./events/event-outbox";
import type { Identity } from "./identity";
import type { LookupService } from "./lookup.service";
import type { Conversion, Exposure, RecordingsRepository } from "./recordings.repository";

type CountedReport = ConversionReport & { slug: string; experiment: CompiledExperiment };

export interface RecordingParts {
  lookup: LookupService;
  recordings: Pick<RecordingsRepository, "expose" | "convert">;
  limiter: Pick<EnrolmentLimiter, "takeEvents">;
  outbox: Pick<EventOutbox, "kick">;
  clock: () => number;
}

/** Records exposures and conversions against stored assignments. */
export class RecordingService {
  readonly #parts: RecordingParts;

  constructor(parts: RecordingParts) {
    this.#parts = parts;
  }

  /**
   * Returns how many were seen for the first time.
   *
   * @throws ExperimentError `unavailable` if the report should be sent again
   */
  async expose(
    decided: Decided[],
    reports: Pick<ExposureReport, "ageMs" | "variant">[] = [],
    arrivedAt = performance.now(),
  ): Promise<{ recorded: number }> {
    // Reject, unlike deciding: a page without an answer shows control and goes on, but a report without one would be
    // lost in silence.
    if (decided.some(({ answer }) => answer.reason === "unavailable"))
      throw new ExperimentError("unavailable", "The database does not answer: report it again in a moment.");
    const exposures = new Map<string, Exposure>();
    decided.forEach(({ assignment, experiment, facts }, index) => {
      if (assignment === null || experiment === null || assignment.exposedAt !== null) return;
      const { ageMs = 0, variant: shown = assignment.variant } = reports[index] ?? {};
      // The stored variant is not the one that the page showed, so nothing was seen of it.
      if (shown !== assignment.variant) return;
      exposures.set(assignment.id, {
        assignmentId: assignment.id,
        seenAt: arrivedAt - ageMs,
        facts: experiment.targeting.frozen(facts),
      });
    });
    if (exposures.size === 0) return { recorded: 0 };
    const recorded = await this.#parts.recordings.expose([...exposures.values()]);
    if (recorded.length > 0) this.#parts.outbox.kick();
    return { recorded: recorded.length };
  }

  /**
   * Stores conversions of the request's own subject. Subjects without a row, and subjects that preview the experiment,
   * are ignored. Whether a conversion counts is decided when results are computed, so that a click may overtake its
   * exposure.
   *
   * @throws ExperimentError `event_not_declared`, `claim_refused`, `rate_limited`
   */
  async convert(identity: Identity, reports: ConversionReport[]): Promise<{ recorded: number }> {
    if (!isCounted(identity)) return { recorded: 0 };
    const counted = (await Promise.all(reports.map((report) => this.#countedBy(report)))).flat();
    await this.#parts.lookup.checkClaims(identity, reports);
    await this.#parts.limiter.takeEvents(identity, reports.length);
    const storedOf = await this.#storedOf(identity, counted);
    const now = this.#parts.clock();
    const conversions = counted.flatMap((report): Conversion[] => {
      const { event, key, ageMs = 0, experiment } = report;
      if (findPreviewed(identity.overrides, experiment, now) !== null) return [];
      const assignment = storedOf(report);
      return assignment ? [{ assignmentId: assignment.id, event, key, ageMs, value: null }] : [];
    });
    if (conversions.length === 0) return { recorded: 0 };
    const recorded = await this.#parts.recordings.convert(conversions);
    if (recorded > 0) this.#parts.outbox.kick();
    return { recorded };
  }

  /** Looks up each row once, however many events of the request count for it. */
  async #storedOf(
    identity: Identity,
    counted: CountedReport[],
  ): Promise<(report: CountedReport) => Assignment | null> {
    const nameOf = ({ slug, teamId }: CountedReport) => `${slug} ${teamId}`;
    const distinct = [...new Map(counted.map((report) => [nameOf(report), report])).values()];
    const experiments = distinct.map(({ experiment }) => experiment);
    const stored = await this.#parts.lookup.findStored(identity, distinct, experiments);
    const byName = new Map(distinct.map((report, index) => [nameOf(report), stored[index] ?? null]));
    return (report) => byName.get(nameOf(report)) ?? null;
  }

  /**
   * Repeats a report for each experiment that counts it. Code may keep reporting an event while experiments that
   * declare it come and go, so only a report that names an experiment is refused for an undeclared event.
   */
  async #countedBy(report: ConversionReport): Promise<CountedReport[]> {
    const { slug, event } = report;
    if (slug === undefined) {
      const declaring = await this.#parts.lookup.declaring(event);
      return declaring.map((experiment) => ({ ...report, slug: experiment.slug, experiment }));
    }
    const [experiment] = await this.#parts.lookup.findExperiments([slug]);
    if (experiment && !experiment.clientEvents.has(event))
      throw new ExperimentError(
        "event_not_declared",
        `${experiment.slug} does not declare ${event} as a client event: add it to the experiment, or report it from the server.`,
      );
    return experiment ? [{ ...report, slug, experiment }] : [];
  }
}
