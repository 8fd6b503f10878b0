import { isAppError } from "@calcom/lib/errors";
import type { EventOutbox } from "../lib/server/event-outbox";
import { ExperimentError } from "../types/errors";
import type { RefusedReason } from "../types/feed";
import type { Claims, ConversionReport, ExposureReport } from "../types/reports";
import { findPreviewed } from "../utils/overrides";
import { explainUncounted } from "../utils/uncounted";
import type { Decided } from "./answer";
import type { Decider } from "./decider";
import type { EnrolmentLimiter } from "./enrolment-limiter";
import { isOfFirstSight, isWaiting, keepConfirmed } from "./first-sight";
import type { Identity, NamedSubject } from "./identity";
import type { LookupService } from "./lookup.service";
import type { ProvisionalRowsRepository } from "./provisional-rows.repository";
import type { Conversion, Exposure, RecordingsRepository } from "./recordings.repository";
import { MAX_AGE_MS } from "./recordings-sql";
import type { RefusedReportsCounter } from "./refused-reports";
import { type CountedReport, readRows, repeatForEach } from "./reported-conversions";

export interface RecordingParts {
  decider: Decider;
  lookup: LookupService;
  recordings: Pick<RecordingsRepository, "expose" | "convert">;
  provisional: Pick<ProvisionalRowsRepository, "confirm">;
  limiter: Pick<EnrolmentLimiter, "takeEvents">;
  outbox: Pick<EventOutbox, "kick">;
  refused: Pick<RefusedReportsCounter, "note">;
  clock: () => number;
}

/** Records exposures and conversions against stored assignments. */
export function createRecordings(parts: RecordingParts) {
  const { decider, lookup, recordings, provisional, limiter, outbox, refused, clock } = parts;
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
      for (const report of reports)
        if (!own.includes(report)) refused.note(report.slug, "exposure", "other_visitor");
      const decided = await decider.decide(identity, own, { isReport: true }).catch((error: unknown) => {
        const reason = reasonOf(error);
        if (reason !== null) for (const { slug } of own) refused.note(slug, "exposure", reason);
        throw error;
      });
      const kept = decided.map((entry): Decided => {
        if (entry.row !== "stored" || !isOfFirstSight(identity, entry.assignment)) return entry;
        refused.note(entry.experiment.slug, "exposure", "first_sight");
        return { row: "none", answer: entry.answer };
      });
      return expose(kept, own, arrivedAt);
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
      const noteAll = (of: ConversionReport[], reason: RefusedReason) => {
        for (const { slug, event } of of)
          if (slug !== undefined) refused.note(slug, "conversion", reason, event);
      };
      const uncounted = explainUncounted(identity);
      if (uncounted !== null) {
        noteAll(reports, uncounted);
        return { recorded: 0 };
      }
      const own = reports.filter((report) => isOfItsVisitor(identity, report));
      noteAll(
        reports.filter((report) => !own.includes(report)),
        "other_visitor",
      );
      if (own.length === 0) return { recorded: 0 };
      let counted: CountedReport[];
      try {
        counted = (await Promise.all(own.map((report) => repeatForEach(lookup, refused, report)))).flat();
        await lookup.checkClaims(identity, own);
        limiter.takeEvents(identity, reports.length);
      } catch (error) {
        const reason = reasonOf(error);
        if (reason !== null) noteAll(own, reason);
        throw error;
      }
      const findRow = await readRows(lookup, identity, counted);
      const now = clock();
      const found = counted.flatMap(({ experiment, ...report }) => {
        const assignment = findRow(report);
        const isPreviewed = findPreviewed(identity.overrides, experiment, now) !== null;
        if (assignment === null || isPreviewed) {
          refused.note(experiment.slug, "conversion", isPreviewed ? "preview" : "not_assigned", report.event);
          return [];
        }
        // The row was never seen, and never will be.
        const isLost = isOfFirstSight(identity, assignment) || !experiment.isLive;
        if (isWaiting(assignment) && isLost) {
          refused.note(experiment.slug, "conversion", "first_sight", report.event);
          return [];
        }
        // Once an experiment is over, or turned off, a late report counts as five minutes old at most.
        const ageMs = Math.min(report.ageMs ?? 0, experiment.isLive ? Number.POSITIVE_INFINITY : MAX_AGE_MS);
        return [{ ...report, ageMs, assignment }];
      });
      const gone = await keepConfirmed(
        provisional,
        identity,
        found.map(({ assignment }) => assignment),
      );
      const kept = found.filter(({ assignment }) => !gone.has(assignment.id));
      if (kept.length === 0) return { recorded: 0 };
      const areNew = await recordings.convert(
        kept.map(
          ({ event, key, ageMs, assignment: { id } }): Conversion => ({
            assignmentId: id,
            event,
            key,
            ageMs,
            value: null,
          }),
        ),
      );
      kept.forEach(({ slug, event }, index) => {
        if (!areNew[index]) refused.note(slug, "conversion", "repeated", event);
      });
      const recorded = areNew.filter(Boolean).length;
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
    const away = decided.find(({ answer }) => answer.reason === "unavailable");
    if (away !== undefined) throw unavailable(away);
    const exposures = new Map<string, Exposure>();
    for (const [index, entry] of decided.entries()) {
      const { slug } = entry.answer;
      if (entry.row !== "stored") {
        if (entry.answer.variant === null) refused.note(slug, "exposure", entry.answer.reason);
        else if (entry.answer.reason === "override") refused.note(slug, "exposure", "preview");
        continue;
      }
      if (entry.assignment.exposedAt !== null) {
        refused.note(slug, "exposure", "repeated");
        continue;
      }
      const { assignment, experiment, facts } = entry;
      const { ageMs = 0, variant: shown = assignment.variant } = reports[index] ?? {};
      // The stored variant is not the one that the page showed, so nothing was seen of it.
      if (shown !== assignment.variant) {
        refused.note(slug, "exposure", "other_variant");
        continue;
      }
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

function unavailable(decided: Decided): ExperimentError {
  const { cause } = decided.row === "none" ? decided : {};
  const sentence = "The database does not answer: report it again in a moment.";
  return new ExperimentError("unavailable", sentence, { cause });
}

/** What is refused as a whole; an undeclared event is noted by itself. */
function reasonOf(error: unknown): RefusedReason | null {
  const code = isAppError(error) ? error.code : null;
  return code === "claim_refused" || code === "rate_limited" ? code : null;
}

/** If somebody's first visit opens several tabs, each has its own visitor. The one whose cookie stays is counted. */
function isOfItsVisitor(identity: Identity, { visitorId }: Claims): boolean {
  return visitorId === undefined || visitorId === identity.visitorId;
}
