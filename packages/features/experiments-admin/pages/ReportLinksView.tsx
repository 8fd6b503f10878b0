"use client";

import { useMay } from "@calcom/features/experiments/components/ExperimentPermissions";
import { ReportLinks } from "@calcom/features/experiments/components/ReportLinks";
import type { ReportLinkDays } from "@calcom/features/experiments/types";
import { useLocale } from "@calcom/lib/i18n";
import { useState } from "react";
import { adminApi } from "../api/hooks";
import { useAdminHost } from "../api/host";
import { commandRefusal } from "./api-refusal";

const A_WEEK: ReportLinkDays = 7;

/** For those who may make some. */
export function ReportLinksView({ slug }: { slug: string }) {
  const { sharedReportPath } = useAdminHost();
  const mayEdit = useMay("edit");
  return mayEdit && sharedReportPath !== null ? (
    <OwnReportLinks slug={slug} pathOf={sharedReportPath} />
  ) : null;
}

function OwnReportLinks({ slug, pathOf }: { slug: string; pathOf: (token: string) => string }) {
  const { t } = useLocale();
  const [days, setDays] = useState(A_WEEK);
  const { reports } = adminApi;
  const live = reports.listLinks.useQuery({ slug });
  const refresh = () => live.refetch();
  const mint = reports.mintLink.useMutation({ onSettled: refresh });
  const revoke = reports.revokeLink.useMutation({ onSettled: refresh });
  const made = mint.data ?? null;
  const isGone = made !== null && revoke.isSuccess && revoke.variables.id === made.id;
  const failed = mint.error ?? revoke.error;
  return (
    <ReportLinks
      made={
        made === null || isGone
          ? null
          : { address: `${location.origin}${pathOf(made.token)}`, expiresAt: made.expiresAt }
      }
      live={live.data ?? []}
      failure={
        failed &&
        `${t(mint.error ? "report_share_failed" : "report_share_revoke_failed")} ${commandRefusal(failed, t).message}`
      }
      onMake={() => mint.mutate({ slug, days })}
      isMaking={mint.isPending}
      onRevoke={(id) => revoke.mutate({ slug, id })}
      days={days}
      onDaysChange={setDays}
    />
  );
}
