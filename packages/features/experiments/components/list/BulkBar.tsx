"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button } from "@calcom/ui";
import { ArchiveIcon, PauseIcon, TagIcon } from "lucide-react";
import { useState } from "react";
import type { BulkChange } from "../../types/bulk";
import { useMay } from "../ExperimentPermissions";
import { useFormat } from "../shared/useFormat";
import { BulkDialog, type RunBulk } from "./BulkDialog";
import type { Selection } from "./useSelection";

interface BulkBarProps {
  selection: Selection;
  onRun: RunBulk;
  /** Those that there are, to choose from. */
  tags: string[];
}

/** What can be done to all that is chosen; in its place from the first choice on. */
export function BulkBar({ selection, onRun, tags }: BulkBarProps) {
  const { t } = useLocale();
  const { count } = useFormat();
  const [kind, setKind] = useState<BulkChange["kind"] | null>(null);
  const [mayEdit, mayRun, mayDecide] = [useMay("edit"), useMay("run"), useMay("decide")];
  const { chosen, choose, shown } = selection;
  const number = { count: chosen.length, formatted: count(chosen.length) };
  return (
    <>
      {chosen.length > 0 && (
        <section
          aria-label={t("bulk")}
          data-sticky-bottom
          className="sticky bottom-2 z-10 flex flex-wrap items-center gap-2 rounded-lg border bg-popover px-3 py-2 shadow-overlay"
        >
          <p aria-live="polite" className="mr-auto text-dense tabular-nums">
            {t("bulk_selected", number)}
          </p>
          {mayRun && (
            <Button variant="outline" size="sm" onClick={() => setKind("pause")}>
              <PauseIcon />
              {t("bulk_pause")}
            </Button>
          )}
          {mayEdit && (
            <Button variant="outline" size="sm" onClick={() => setKind("tag")}>
              <TagIcon />
              {t("bulk_tag")}
            </Button>
          )}
          {mayDecide && (
            <Button variant="outline" size="sm" onClick={() => setKind("archive")}>
              <ArchiveIcon />
              {t("bulk_archive")}
            </Button>
          )}
          <Button variant="ghost" size="sm" className="lg:hidden" onClick={() => choose(shown, true)}>
            {t("bulk_select_all")}
          </Button>
          <Button
            variant="ghost"
            size="sm"
            onClick={() =>
              choose(
                chosen.map(({ slug }) => slug),
                false,
              )
            }
          >
            {t("bulk_clear")}
          </Button>
        </section>
      )}
      {kind !== null && (
        <BulkDialog
          kind={kind}
          chosen={chosen}
          tags={tags}
          onRun={onRun}
          onClose={(done) => {
            setKind(null);
            choose(done, false);
          }}
        />
      )}
    </>
  );
}
