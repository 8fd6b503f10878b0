"use client";

import { useLocale } from "@calcom/lib/i18n";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useAdminHost } from "../../api/host";
import { ReportView } from "../../pages/ReportView";
import { FirstOf, PageSkeleton, useTitle } from "../PageStates";
import { useFirst } from "../useFirst";

export default function ReportPage({ slug }: { slug: string }) {
  const { t } = useLocale();
  const { client, paths } = useAdminHost();
  const router = useRouter();
  const first = useFirst(slug, async () => {
    const { name, damage } = await client.get.query({ slug });
    return { name, facts: damage === null ? await client.reports.read.query({ slug }) : null };
  });
  const isDamaged = first.status === "ready" && first.first.facts === null;
  const ownPage = paths.detail(slug);
  useEffect(() => {
    // Its own page says what is wrong with it.
    if (isDamaged) router.replace(ownPage);
  }, [isDamaged, ownPage, router]);
  useTitle(t("report_of", { name: first.status === "ready" ? first.first.name : slug }));
  return (
    <FirstOf of={first}>
      {({ facts }) => (facts === null ? <PageSkeleton /> : <ReportView key={slug} facts={facts} />)}
    </FirstOf>
  );
}
