import { ExperimentError } from "../types/errors";
import type { Claims, ConversionReport, ExposureReport } from "../types/reports";
import type { CompiledExperiment } from "../utils/compile";
import { findPreviewed } from "../utils/overrides";
import { isCounted } from "../utils/uncounted";
import type { Decided } from "./answer";
import type { Assignment } from "./assignments.repository";
import type { Decider } from "./decider";
import type { EnrolmentLimiter } from "./enrolment-limiter";
import type { EventOutbox } from "./events/event-outbox";
import { isOfFirstSight, isWaiting, keepConfirmed } from "./first-sight";
import type { Identity, NamedSubject } from "./identity";
import type { LookupService } from "./lookup.service";
import type { ProvisionalRowsRepository } from "./provisional-rows.repository";
import type { Conversion, Exposure, RecordingsRepository } from "./recordings.repository";
import { MAX_AGE_MS } from "./recordings-sql";

export interface RecordingParts {
  decider: Decider;
  lookup: LookupService;
  recordings: Pick<RecordingsRepository, "expose" | "convert">;
  provisional: Pick<ProvisionalRowsRepository, "confirm">;
  limiter: Pick<EnrolmentLimiter, "takeEvents">;
  outbox: Pick<EventOutbox, "kick">;
  clock: () => number;
}

/** Records exposures and conversions against stored assignments. */
export function createRecordings(parts: RecordingParts) {
  const { decider, lookup, recordings, provisional, limiter, outbox, clock } = parts;
  return {
    /**
     * Marks variants as seen, once, and returns how many were seen for the first time. A report is ignored if it names
     * another variant than the stored one, or another visitor: that page did not show this assignment. So it is at a
     * visitor's first sight: whether there is such a visitor, the next request tells.
     *
     * @throws ExperimentError `claim_refused`; `unavailable` if the report should be sent again
     */
    async recordExposures(identity: Identity, reports: ExposureReport[]): Promise<{ recorded: number }> {
      const arrivedAt = performance.now();
      const own = reports.filter((report) => isOfItsVisitor(identity, report));
      const decided = await decider.decide(identity, own, { isReport: true });
      const isKept = (entry: Decided) =>
        entry.row !== "stored" || !isOfFirstSight(identity, entry.assignment);
      return expose(
        decided.map((entry) => (isKept(entry) ? entry : { row: "none", answer: entry.answer })),
        own,
        arrivedAt,
      );
    },

    /** Like `recordExposures`, for a subject that the calling code vouches for. */
    async exposeFor(subject: NamedSubject, slugs: string[]): Promise<{ recorded: number }> {
      return expose(await decider.decideFor(subject, slugs), [], performance.now());
    },

    /**
     * Stores conversions that a browser reports for the request's own subject, for one experiment or for every one that
     * declares the event. Subjects without a row, those who preview the experiment, and reports that name another
     * visitor are ignored. Whether a conversion counts is decided when results are computed, so that a click may overtake
     * its exposure.
     *
     * @throws ExperimentError `event_not_declared`, `claim_refused`, `rate_limited`; `unavailable` if the report should
     * be sent again
     */
    async recordConversions(identity: Identity, reports: ConversionReport[]): Promise<{ recorded: number }> {
      if (!isCounted(identity)) return { recorded: 0 };
      const own = reports.filter((report) => isOfItsVisitor(identity, report));
      if (own.length === 0) return { recorded: 0 };
      const counted = (await Promise.all(own.map((report) => repeatForEach(lookup, report)))).flat();
      await lookup.checkClaims(identity, own);
      limiter.takeEvents(identity, reports.length);
      const findRow = await readRows(lookup, identity, counted);
      const now = clock();
      const found = counted.flatMap(({ experiment, ...report }) => {
        const assignment = findRow(report);
        if (assignment === null || findPreviewed(identity.overrides, experiment, now) !== null) return [];
        // What nobody has seen yet, nor ever will.
        const isLost = isOfFirstSight(identity, assignment) || !experiment.isLive;
        if (isWaiting(assignment) && isLost) return [];
        // What is over, or off for now, waits for nobody's connection.
        const ageMs = Math.min(report.ageMs ?? 0, experiment.isLive ? Number.POSITIVE_INFINITY : MAX_AGE_MS);
        return [{ ...report, ageMs, assignment }];
      });
      const gone = await keepConfirmed(
        provisional,
        identity,
        found.map(({ assignment }) => assignment),
      );
      const conversions = found.flatMap(({ event, key, ageMs, assignment: { id } }): Conversion[] =>
        gone.has(id) ? [] : [{ assignmentId: id, event, key, ageMs, value: null }],
      );
      if (conversions.length === 0) return { recorded: 0 };
      const recorded = await recordings.convert(conversions);
      if (recorded > 0) outbox.kick();
      return { recorded };
    },
  };

  async function expose(
    decided: Decided[],
    reports: Pick<ExposureReport, "ageMs" | "variant">[],
    arrivedAt: number,
  ): Promise<{ recorded: number }> {
    // Reject, unlike deciding: a page without an answer shows control and goes on, but a report without one would be
    // lost in silence.
    if (decided.some(({ answer }) => answer.reason === "unavailable"))
      throw new ExperimentError("unavailable", "The database does not answer: report it again in a moment.");
    const exposures = new Map<string, Exposure>();
    for (const [index, entry] of decided.entries()) {
      if (entry.row !== "stored" || entry.assignment.exposedAt !== null) continue;
      const { assignment, experiment, facts } = entry;
      const { ageMs = 0, variant: shown = assignment.variant } = reports[index] ?? {};
      // The stored variant is not the one that the page showed, so nothing was seen of it.
      if (shown !== assignment.variant) continue;
      exposures.set(assignment.id, {
        assignmentId: assignment.id,
        seenAt: arrivedAt - ageMs,
        facts: experiment.targeting.frozen(facts),
      });
    }
    if (exposures.size === 0) return { recorded: 0 };
    const recorded = await recordings.expose([...exposures.values()]);
    if (recorded.length > 0) outbox.kick();
    return { recorded: recorded.length };
  }
}

/** Of several first tabs each has a visitor of its own, and the cookie that stayed says who is there. */
function isOfItsVisitor(identity: Identity, { visitorId }: Claims): boolean {
  return visitorId === undefined || visitorId === identity.visitorId;
}

type CountedReport = ConversionReport & { slug: string; experiment: CompiledExperiment };

/**
 * Repeats a report for each experiment that counts it. Code may keep reporting an event while experiments that declare
 * it come and go, so only a report that names an experiment is refused for an undeclared event.
 */
async function repeatForEach(lookup: LookupService, report: ConversionReport): Promise<CountedReport[]> {
  const { slug, event } = report;
  if (slug === undefined) {
    const declaring = await lookup.findDeclaring(event);
    return declaring.map((experiment) => ({ ...report, slug: experiment.slug, experiment }));
  }
  const [experiment] = await lookup.findExperiments([slug]);
  if (experiment && !experiment.clientEvents.has(event))
    throw new ExperimentError(
      "event_not_declared",
      `${experiment.slug} does not declare ${event} as a client event: add it to the experiment, or report it from the server.`,
    );
  return experiment ? [{ ...report, slug, experiment }] : [];
}

/** Looks up each row once, however many events of the request count for it. */
async function readRows(
  lookup: LookupService,
  identity: Identity,
  counted: CountedReport[],
): Promise<(report: Pick<CountedReport, "slug" | "teamId">) => Assignment | null> {
  const nameRow = ({ slug, teamId }: Pick<CountedReport, "slug" | "teamId">) => `${slug} ${teamId}`;
  const distinct = [...new Map(counted.map((report) => [nameRow(report), report])).values()];
  const experiments = distinct.map(({ experiment }) => experiment);
  const stored = await lookup.findStored(identity, distinct, experiments);
  const byName = new Map(distinct.map((report, index) => [nameRow(report), stored[index] ?? null]));
  return (report) => byName.get(nameRow(report)) ?? null;
}
