"use client";

import { useLocale } from "@calcom/lib/i18n";
import { PageHeader } from "@calcom/ui";
import { usePaths } from "../api/host";
import { PageTrail } from "./PageTrail";

interface FormPageHeaderProps {
  title: string;
  description?: string;
  /** Of this page in the trail, where that is shorter than its title. */
  crumb?: string;
  /** The pages between the list and this page. */
  trail: { href: string; label: string }[];
}

export function FormPageHeader({ title, description, crumb = title, trail }: FormPageHeaderProps) {
  const { t } = useLocale();
  const links = [{ href: usePaths().list, label: t("experiments") }, ...trail];
  return (
    <PageHeader
      title={title}
      description={description}
      breadcrumbs={<PageTrail label={t("breadcrumb")} links={links} current={crumb} />}
    />
  );
}
