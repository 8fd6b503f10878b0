import {
  Breadcrumb,
  BreadcrumbItem,
  BreadcrumbLink,
  BreadcrumbList,
  BreadcrumbPage,
  BreadcrumbSeparator,
  PageHeader,
} from "@calcom/ui";
import Link from "next/link";
import { Fragment } from "react";
import { getServerTranslation } from "@/lib/i18n-server";
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
      breadcrumbs={
        <Breadcrumb label={t("breadcrumb")}>
          <BreadcrumbList>
            {links.map(({ href, label }) => (
              <Fragment key={href}>
                <BreadcrumbItem>
                  <BreadcrumbLink asChild>
                    <Link href={href}>{label}</Link>
                  </BreadcrumbLink>
                </BreadcrumbItem>
                <BreadcrumbSeparator />
              </Fragment>
            ))}
            <BreadcrumbItem>
              <BreadcrumbPage>{crumb}</BreadcrumbPage>
            </BreadcrumbItem>
          </BreadcrumbList>
        </Breadcrumb>
      }
    />
  );
}
