"use client";

import type { ExperimentDetail } from "@calcom/features/experiments/types";
import { useLocale } from "@calcom/lib/i18n";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useAdminHost, usePaths } from "../../api/host";
import { ExperimentFormView } from "../../pages/ExperimentFormView";
import { FormPageHeader } from "../../pages/FormPageHeader";
import { FirstOf, PageSkeleton, useTitle } from "../PageStates";
import { useFirst } from "../useFirst";

export default function FormPage({ slug }: { slug?: string }) {
  return slug === undefined ? <NewPage /> : <EditPage slug={slug} />;
}

function NewPage() {
  const { t } = useLocale();
  useTitle(t("experiment_new"));
  return (
    <div className="flex flex-col gap-8">
      <FormPageHeader title={t("experiment_new")} trail={[]} />
      <ExperimentFormView />
    </div>
  );
}

function EditPage({ slug }: { slug: string }) {
  const { client } = useAdminHost();
  const first = useFirst(slug, () => client.get.query({ slug }));
  return <FirstOf of={first}>{(experiment) => <EditForm experiment={experiment} />}</FirstOf>;
}

function EditForm({ experiment }: { experiment: ExperimentDetail }) {
  const { t } = useLocale();
  const paths = usePaths();
  const router = useRouter();
  const { slug, name, config, assignments } = experiment;
  // Damaged with people in it: its own page says what is wrong, and nobody may guess what it was.
  const isLocked = config === null && assignments > 0;
  const ownPage = paths.detail(slug);
  useEffect(() => {
    if (isLocked) router.replace(ownPage);
  }, [isLocked, ownPage, router]);
  useTitle(t("experiment_edit_title", { name }));
  if (isLocked) return <PageSkeleton />;
  return (
    <div className="flex flex-col gap-8">
      <FormPageHeader
        title={t("experiment_edit_title", { name })}
        crumb={t("edit")}
        trail={[{ href: ownPage, label: name }]}
      />
      <ExperimentFormView key={`${slug}:${experiment.version}`} stored={experiment} />
    </div>
  );
}
