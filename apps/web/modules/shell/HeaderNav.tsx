"use client";

import { cn } from "@calcom/ui";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { activeLink, type NavLink } from "./nav-link";

/** Hidden on small screens, where the user menu carries the same links. */
export function HeaderNav({ links, label }: { links: NavLink[]; label: string }) {
  const active = activeLink(links, usePathname());
  return (
    <nav aria-label={label} className="hidden items-center gap-1 sm:flex">
      {links.map((link) => (
        <Link
          key={link.href}
          href={link.href}
          aria-current={link === active ? "page" : undefined}
          className={cn(
            "rounded-md px-2.5 py-1 pointer-coarse:py-3 font-medium text-muted-foreground transition-colors hover:text-foreground",
            "aria-[current]:bg-muted aria-[current]:text-foreground",
          )}
        >
          {link.label}
        </Link>
      ))}
    </nav>
  );
}
