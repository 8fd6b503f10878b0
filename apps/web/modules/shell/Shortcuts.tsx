"use client";

import { useLocale } from "@calcom/lib/i18n";
import { ShortcutsSheet, useShortcut } from "@calcom/ui";
import { useRouter } from "next/navigation";

export interface Destination {
  keys: string;
  href: string;
  label: string;
}

interface ShortcutsProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  destinations: Destination[];
}

/** The keys that work on every page behind the login, and the sheet that lists them with the page's own. */
export function Shortcuts({ isOpen, onOpenChange, destinations }: ShortcutsProps) {
  const { t } = useLocale();
  useShortcut({ keys: "?", label: t("shortcuts"), scope: "everywhere" }, () => onOpenChange(true));
  return (
    <>
      {destinations.map((destination) => (
        <GoTo key={destination.keys} {...destination} />
      ))}
      <ShortcutsSheet
        isOpen={isOpen}
        onOpenChange={onOpenChange}
        title={t("shortcuts")}
        description={t("shortcuts_description")}
        pageTitle={t("shortcuts_of_page")}
        everywhereTitle={t("shortcuts_everywhere")}
        thenLabel={t("shortcuts_then")}
        switchLabel={t("shortcuts_switch")}
        closeLabel={t("close")}
      />
    </>
  );
}

function GoTo({ keys, href, label }: Destination) {
  const router = useRouter();
  useShortcut({ keys, label, scope: "everywhere" }, () => router.push(href));
  return null;
}
