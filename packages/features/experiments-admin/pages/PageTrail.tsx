import {
  Breadcrumb,
  BreadcrumbItem,
  BreadcrumbLink,
  BreadcrumbList,
  BreadcrumbPage,
  BreadcrumbSeparator,
} from "@calcom/ui";
import Link from "next/link";
import { Fragment } from "react";

interface PageTrailProps {
  /** What it is called. */
  label: string;
  links: { href: string; label: string }[];
  /** The page that it leads to. */
  current: string;
}

export function PageTrail({ label, links, current }: PageTrailProps) {
  return (
    <Breadcrumb label={label}>
      <BreadcrumbList>
        {links.map((link) => (
          <Fragment key={link.href}>
            <BreadcrumbItem>
              <BreadcrumbLink asChild>
                <Link href={link.href}>{link.label}</Link>
              </BreadcrumbLink>
            </BreadcrumbItem>
            <BreadcrumbSeparator />
          </Fragment>
        ))}
        <BreadcrumbItem>
          <BreadcrumbPage>{current}</BreadcrumbPage>
        </BreadcrumbItem>
      </BreadcrumbList>
    </Breadcrumb>
  );
}
