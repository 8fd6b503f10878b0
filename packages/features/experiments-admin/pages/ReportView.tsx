"use client";

import {
  ExperimentReport,
  useReportMarkdown,
} from "@calcom/features/experiments/components/ExperimentReport";
import type { ReportFacts } from "@calcom/features/experiments/report";
import { useLocale } from "@calcom/lib/i18n";
import { Button, toast } from "@calcom/ui";
import { adminApi } from "../api/hooks";
import { usePaths } from "../api/host";
import { commandRefusal } from "./api-refusal";
import { download } from "./download";
import { PageTrail } from "./PageTrail";
import { ReportLinksView } from "./ReportLinksView";

/** The report with what can be done with it. */
export function ReportView({ facts }: { facts: ReportFacts }) {
  const { t } = useLocale();
  const paths = usePaths();
  const { slug, name } = facts;
  const trail = [
    { href: paths.list, label: t("experiments") },
    { href: paths.detail(slug), label: name },
  ];
  const write = useReportMarkdown();
  const file = adminApi.reports.export.useMutation({
    onSuccess: (fresh) => download(write(fresh), `${slug}-report.md`, "text/markdown"),
    onError: (error) => toast.error(commandRefusal(error, t).message),
  });
  return (
    <ExperimentReport
      facts={facts}
      breadcrumbs={<PageTrail label={t("breadcrumb")} links={trail} current={t("report")} />}
      actions={
        <>
          <Button type="button" variant="outline" onClick={() => window.print()}>
            {t("report_print")}
          </Button>
          <Button
            type="button"
            variant="outline"
            loading={file.isPending}
            onClick={() => file.mutate({ slug })}
          >
            {t("report_export_markdown")}
          </Button>
          <ReportLinksView slug={slug} />
        </>
      }
    />
  );
}
