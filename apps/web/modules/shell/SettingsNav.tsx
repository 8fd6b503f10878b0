"use client";

import { cn, useCurrentInView } from "@calcom/ui";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useRef } from "react";
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
  const row = useRef<HTMLDivElement>(null);
  useCurrentInView(row, active?.href);
  return (
    <div
      ref={row}
      className="flex max-md:scroll-row max-md:-mx-3.5 max-md:px-3.5 gap-x-6 print:hidden md:sticky md:top-8 md:flex-col md:gap-y-6"
    >
      {groups.map(({ title, links }) => (
        <nav key={title} aria-label={title}>
          <p aria-hidden className="mb-1 px-2.5 text-muted-foreground text-xs max-md:hidden">
            {title}
          </p>
          <ul className="-mx-2.5 flex gap-0.5 md:mx-0 md:flex-col">
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
