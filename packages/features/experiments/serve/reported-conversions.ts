import { ExperimentError } from "../types/errors";
import type { ConversionReport } from "../types/reports";
import type { CompiledExperiment } from "../utils/compile";
import type { Assignment } from "./assignments.repository";
import type { Identity } from "./identity";
import type { LookupService } from "./lookup.service";
import type { RefusedReportsCounter } from "./refused-reports";

export type CountedReport = ConversionReport & { slug: string; experiment: CompiledExperiment };

/**
 * Repeats a report for each experiment that counts it. Code may keep reporting an event while experiments that declare
 * it come and go, so only a report that names an experiment is refused for an undeclared event.
 */
export async function repeatForEach(
  lookup: LookupService,
  refused: Pick<RefusedReportsCounter, "note">,
  report: ConversionReport,
): Promise<CountedReport[]> {
  const { slug, event } = report;
  if (slug === undefined) {
    const declaring = await lookup.findDeclaring(event);
    return declaring.map((experiment) => ({ ...report, slug: experiment.slug, experiment }));
  }
  const [experiment] = await lookup.findExperiments([slug]);
  if (experiment && !experiment.clientEvents.has(event)) {
    refused.note(experiment.slug, "conversion", "not_declared", event);
    throw new ExperimentError(
      "event_not_declared",
      `${experiment.slug} does not declare ${event} as a client event: add it to the experiment, or report it from the server.`,
    );
  }
  return experiment ? [{ ...report, slug, experiment }] : [];
}

/** Looks up each row once, however many events of the request count for it. */
export async function readRows(
  lookup: LookupService,
  identity: Identity,
  counted: CountedReport[],
): Promise<(report: Pick<CountedReport, "slug" | "teamId">) => Assignment | null> {
  const nameRow = ({ slug, teamId }: Pick<CountedReport, "slug" | "teamId">) => `${slug} ${teamId}`;
  const distinct = [...new Map(counted.map((report) => [nameRow(report), report])).values()];
  const experiments = distinct.map(({ experiment }) => experiment);
  const { stored } = await lookup.findStored(identity, distinct, experiments);
  const byName = new Map(distinct.map((report, index) => [nameRow(report), stored[index] ?? null]));
  return (report) => byName.get(nameRow(report)) ?? null;
}
