"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  Avatar,
  Button,
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuGroup,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuShortcut,
  DropdownMenuTrigger,
  toast,
} from "@calcom/ui";
import Link from "next/link";
import { signOut } from "next-auth/react";
import { useState } from "react";
import { LocaleItems } from "../locale/LocaleItems";
import type { NavLink } from "./nav-link";
import { type Destination, Shortcuts } from "./Shortcuts";

export interface UserMenuProps {
  user: { name: string; email: string };
  mayAdminister: boolean;
  /** The header's own links, for screens that have no room for them. */
  links: NavLink[];
  teams: NavLink[];
  /** What is reached by a sequence of keys. */
  destinations: Destination[];
}

export function UserMenu({ user, mayAdminister, links, teams, destinations }: UserMenuProps) {
  const { t } = useLocale();
  const leave = useSignOut();
  const [areShortcutsOpen, setShortcutsOpen] = useState(false);
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon" aria-label={t("user_menu", { name: user.name })}>
            <Avatar name={user.name} decorative />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent className="w-56">
          <DropdownMenuLabel>
            <span className="block truncate font-medium text-dense text-foreground">{user.name}</span>
            <span className="block truncate font-normal">{user.email}</span>
          </DropdownMenuLabel>
          <DropdownMenuSeparator />
          <DropdownMenuGroup className="sm:hidden">
            <LinkItems links={links} />
            <DropdownMenuSeparator />
          </DropdownMenuGroup>
          {teams.length > 1 && (
            <DropdownMenuGroup>
              <DropdownMenuLabel>{t("nav_teams")}</DropdownMenuLabel>
              <LinkItems links={teams} />
              <DropdownMenuSeparator />
            </DropdownMenuGroup>
          )}
          {mayAdminister && (
            <LinkItems links={[{ href: "/settings/admin/experiments", label: t("nav_administration") }]} />
          )}
          <DropdownMenuSeparator />
          <LocaleItems />
          <DropdownMenuSeparator />
          <DropdownMenuItem onSelect={() => setShortcutsOpen(true)}>
            {t("shortcuts")}
            <DropdownMenuShortcut>?</DropdownMenuShortcut>
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={leave}>{t("sign_out")}</DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <Shortcuts isOpen={areShortcutsOpen} onOpenChange={setShortcutsOpen} destinations={destinations} />
    </>
  );
}

function LinkItems({ links }: { links: NavLink[] }) {
  return links.map(({ href, label }) => (
    <DropdownMenuItem key={href} asChild>
      <Link href={href} className="truncate">
        {label}
      </Link>
    </DropdownMenuItem>
  ));
}

function useSignOut() {
  const { t } = useLocale();
  return async () => {
    try {
      // next-auth does not look at the status; only what was stored has an address to go to.
      const { url } = await signOut({ redirect: false });
      if (url === undefined) throw new Error("It was not stored.");
    } catch {
      toast.error(t("sign_out_failed"));
      return;
    }
    // The page is loaded anew: nothing of the person stays in its memory.
    window.location.assign("/");
  };
}
