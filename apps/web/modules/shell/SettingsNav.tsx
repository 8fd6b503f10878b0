"use client";

import { cn } from "@calcom/ui";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { activeLink, type NavLink } from "./nav-link";

export interface SettingsNavGroup {
  title: string;
  links: NavLink[];
}

export function SettingsNav({ groups }: { groups: SettingsNavGroup[] }) {
  const active = activeLink(
    groups.flatMap(({ links }) => links),
    usePathname(),
  );
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-3 pointer-coarse:gap-y-1 print:hidden md:sticky md:top-8 md:flex-col md:gap-y-6">
      {groups.map(({ title, links }) => (
        <nav key={title} aria-label={title}>
          <p aria-hidden className="mb-1 px-2.5 text-muted-foreground text-xs max-md:sr-only">
            {title}
          </p>
          <ul className="-mx-2.5 flex flex-wrap gap-0.5 md:mx-0 md:flex-col">
            {links.map((link) => (
              <li key={link.href}>
                <Link
                  href={link.href}
                  aria-current={link === active ? "page" : undefined}
                  className={cn(
                    "block rounded-md px-2.5 py-1 pointer-coarse:py-3 text-muted-foreground transition-colors hover:text-foreground",
                    "aria-[current]:bg-muted aria-[current]:font-medium aria-[current]:text-foreground",
                  )}
                >
                  {link.label}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      ))}
    </div>
  );
}
