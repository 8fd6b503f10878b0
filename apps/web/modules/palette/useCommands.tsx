"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { PaletteGroup, PaletteItem } from "@calcom/ui";
import { ArrowRightIcon, LanguagesIcon, MonitorIcon, MoonIcon, PlusIcon, SunIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { LOCALES } from "@/lib/locale";
import { useChooseLocale } from "../locale/useChooseLocale";
import { listPages, matches, type PaletteRights } from "./palette-pages";

/** Commands before the pages that are called alike, and last the language and the theme. */
export function useCommands(text: string, rights: PaletteRights): PaletteGroup[] {
  const { t, locale } = useLocale();
  const router = useRouter();
  const chooseLocale = useChooseLocale();
  const { setTheme } = useTheme();
  const pages = listPages(rights);
  const toItem = ({ href, name, isCommand = false }: (typeof pages)[number]): PaletteItem => ({
    id: `page-${name}`,
    label: t(name),
    icon: isCommand ? <PlusIcon /> : <ArrowRightIcon />,
    run: () => router.push(href),
  });
  const themes: PaletteItem[] = [
    { id: "light", label: t("theme_light"), icon: <SunIcon /> },
    { id: "dark", label: t("theme_dark"), icon: <MoonIcon /> },
    { id: "system", label: t("theme_system"), icon: <MonitorIcon /> },
  ].map((theme) => ({ ...theme, detail: t("theme"), run: () => setTheme(theme.id) }));
  const languages = Object.entries(LOCALES)
    .filter(([code]) => code !== locale)
    .map(
      ([code, name]): PaletteItem => ({
        id: `language-${code}`,
        label: name,
        lang: code,
        detail: t("language"),
        icon: <LanguagesIcon />,
        run: () => void chooseLocale(code),
      }),
    );
  const groups = [
    { title: t("palette_commands"), items: pages.filter(({ isCommand }) => isCommand).map(toItem) },
    { title: t("palette_pages"), items: pages.filter(({ isCommand }) => !isCommand).map(toItem) },
    { title: t("palette_appearance"), items: [...languages, ...themes] },
  ];
  return groups.map(({ title, items }) => ({
    title,
    items: items.filter(({ label, detail = "" }) => matches(text, label, detail)),
  }));
}
