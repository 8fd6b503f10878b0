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
  /** What stands between the list and this page. */
  trail: { href: string; label: string }[];
}

export async function FormPageHeader({ title, description, trail }: FormPageHeaderProps) {
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
              <BreadcrumbPage>{title}</BreadcrumbPage>
            </BreadcrumbItem>
          </BreadcrumbList>
        </Breadcrumb>
      }
    />
  );
}
