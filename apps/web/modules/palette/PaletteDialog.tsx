"use client";

import { useLocale } from "@calcom/lib/i18n";
import { TrpcProvider } from "@calcom/trpc/react";
import { Button, CommandPalette } from "@calcom/ui";
import { useState } from "react";
import type { PaletteRights } from "./palette-pages";
import { useCommands } from "./useCommands";
import { useFound } from "./useFound";
import { usePaused } from "./usePaused";

interface PaletteDialogProps extends PaletteRights {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

export function PaletteDialog(props: PaletteDialogProps) {
  // Not all pages have one around them.
  return (
    <TrpcProvider>
      <FilledPalette {...props} />
    </TrpcProvider>
  );
}

function FilledPalette({ isOpen, onOpenChange, ...rights }: PaletteDialogProps) {
  const { t, locale } = useLocale();
  const [query, setQuery] = useState("");
  const text = query.trim();
  const asked = usePaused(text);
  const found = useFound(asked, rights);
  const groups = [...found.groups, ...useCommands(text, rights)];
  const count = groups.reduce((sum, { items }) => sum + items.length, 0);
  const isLoading = text !== asked || found.isLoading;
  return (
    <CommandPalette
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={t("palette")}
      description={t("palette_description")}
      searchLabel={t("palette_search")}
      query={query}
      onQueryChange={setQuery}
      groups={groups}
      isLoading={isLoading}
      error={
        found.failure === null ? null : (
          <span className="flex flex-wrap items-center justify-between gap-2">
            {found.failure}
            <Button size="sm" variant="outline" onClick={found.retry}>
              {t("try_again")}
            </Button>
          </span>
        )
      }
      emptyLabel={t("palette_none", { text })}
      countLabel={t("palette_found", { count, formatted: new Intl.NumberFormat(locale).format(count) })}
      closeLabel={t("close")}
      keysLabels={{ move: t("palette_key_move"), open: t("palette_key_open"), close: t("palette_key_close") }}
    />
  );
}
