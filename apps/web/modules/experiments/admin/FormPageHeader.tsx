import { PageHeader } from "@calcom/ui";
import { getServerTranslation } from "@/lib/i18n-server";
import { PageTrail } from "./PageTrail";
import { experimentPaths } from "./paths";

interface FormPageHeaderProps {
  title: string;
  description?: string;
  /** Of this page in the trail, where that is shorter than its title. */
  crumb?: string;
  /** What stands between the list and this page. */
  trail: { href: string; label: string }[];
}

export async function FormPageHeader({ title, description, crumb = title, trail }: FormPageHeaderProps) {
  const { t } = await getServerTranslation();
  const links = [{ href: experimentPaths.list, label: t("experiments") }, ...trail];
  return (
    <PageHeader
      title={title}
      description={description}
      breadcrumbs={<PageTrail label={t("breadcrumb")} links={links} current={crumb} />}
    />
  );
}
