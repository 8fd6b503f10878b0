"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, Kbd, useKeyName, useShortcut } from "@calcom/ui";
import { SearchIcon } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { PaletteRights } from "./palette-pages";

const KEYS = "mod+k";
// Most visits never open it.
const PaletteDialog = dynamic(() => import("./PaletteDialog").then((file) => file.PaletteDialog), {
  ssr: false,
});

/** Opens the palette, by its button or by a key from wherever somebody is. */
export function Palette(rights: PaletteRights) {
  const { t } = useLocale();
  const keyName = useKeyName(KEYS);
  const [openings, setOpenings] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const open = () => {
    setOpenings((before) => before + 1);
    setOpen(true);
  };
  useShortcut({ keys: KEYS, label: t("palette"), scope: "everywhere" }, open);
  return (
    <>
      <Button
        variant="outline"
        onClick={open}
        aria-haspopup="dialog"
        aria-keyshortcuts="Meta+K Control+K"
        aria-label={t("palette")}
        className="text-muted-foreground max-sm:w-8 max-sm:border-0 max-sm:px-0"
      >
        <SearchIcon />
        <span className="max-md:hidden">{t("palette")}</span>
        <Kbd isHint>{keyName}</Kbd>
      </Button>
      {/* Each opening begins anew. */}
      {openings > 0 && <PaletteDialog key={openings} {...rights} isOpen={isOpen} onOpenChange={setOpen} />}
    </>
  );
}
