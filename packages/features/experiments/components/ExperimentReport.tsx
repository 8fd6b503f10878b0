"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Badge, PageHeader, Section } from "@calcom/ui";
import { type ReactNode, useMemo } from "react";
import type { ReportFacts } from "../results/report";
import { useFigures } from "./analytics/charts/useFigures";
import { buildReport } from "./report/build-report";
import type { ReportDocument } from "./report/document";
import { toMarkdown } from "./report/markdown";
import { ReportBlockView } from "./report/ReportBlockView";
import { Keyed } from "./shared/Keyed";

interface ExperimentReportProps {
  facts: ReportFacts;
  breadcrumbs?: ReactNode;
  /** What can be done with it; it is not printed. */
  actions?: ReactNode;
}

/** One experiment from its hypothesis to what the team takes from it, to be read, printed and sent. */
export function ExperimentReport({ facts, breadcrumbs, actions }: ExperimentReportProps) {
  const build = useReport();
  const report = useMemo(() => build(facts), [build, facts]);
  return (
    <article className="grid w-full max-w-5xl gap-8 *:min-w-0 print:max-w-none print:gap-6">
      <PageHeader
        breadcrumbs={breadcrumbs && <div className="print:hidden">{breadcrumbs}</div>}
        title={report.title}
        description={
          <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
            {report.mark !== null && <Badge variant="warning">{report.mark}</Badge>}
            <span className="wrap-anywhere min-w-0">
              <Keyed>{report.facts.join(" · ")}</Keyed>
            </span>
          </span>
        }
        actions={actions}
      />
      {report.sections.map(({ title, blocks }) => (
        <Section key={title} title={title} className="print:gap-2">
          {blocks.map((block, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: blocks never change their places
            <ReportBlockView key={place} block={block} label={title} />
          ))}
        </Section>
      ))}
    </article>
  );
}

/** The same report as a file. */
export function useReportMarkdown(): (facts: ReportFacts) => string {
  const build = useReport();
  return (facts) => toMarkdown(build(facts));
}

function useReport(): (facts: ReportFacts) => ReportDocument {
  const { t } = useLocale();
  const figures = useFigures();
  return useMemo(() => (facts) => buildReport(facts, { t, figures }), [t, figures]);
}
