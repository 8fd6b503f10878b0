"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, cn, useCurrentInView } from "@calcom/ui";
import { BookmarkPlusIcon, Trash2Icon } from "lucide-react";
import { useRef, useState } from "react";
import type { HostId } from "../../types/host-id";
import { type ExperimentListQuery, fromFilter, showsTheSame } from "../../types/list-query";
import type { SavedView } from "../../types/views";
import { useFormat } from "../shared/useFormat";
import { SaveViewDialog } from "./SaveViewDialog";

/** The views of a person: those that everybody has, and their own. */
export interface ListViews {
  saved: SavedView[];
  /** Whose experiments are "mine". */
  userId: HostId;
  /** Why it was not saved, or null. */
  onSave: (name: string) => Promise<string | null>;
  onDelete: (view: SavedView) => void;
}

interface ViewsBarProps extends ListViews {
  query: ExperimentListQuery;
  onQueryChange: (change: Partial<ExperimentListQuery>) => void;
  /** How many experiments need attention; null while that is not known. */
  attention: number | null;
}

export function ViewsBar({
  saved,
  userId,
  query,
  onQueryChange,
  attention,
  onSave,
  onDelete,
}: ViewsBarProps) {
  const { t } = useLocale();
  const { count } = useFormat();
  const [isSaving, setSaving] = useState(false);
  const own = saved.find(({ filter }) => showsTheSame(fromFilter(filter), query));
  const builtIn = listBuiltIn(userId);
  const isKnown = own !== undefined || builtIn.some(({ filter }) => showsTheSame(fromFilter(filter), query));
  const views = [
    ...builtIn.map(({ nameKey, filter }) => ({
      key: nameKey,
      filter,
      name: t(nameKey),
      number: filter.needsAttention ? attention : null,
    })),
    ...saved.map(({ name, filter }) => ({ key: `saved ${name}`, filter, name, number: null })),
  ];
  const current = views.find(({ filter }) => showsTheSame(fromFilter(filter), query))?.key;
  const row = useRef<HTMLUListElement>(null);
  useCurrentInView(row, current);
  return (
    <div className="flex flex-wrap items-center gap-2 border-b pb-2">
      <nav aria-label={t("views")} className="min-w-0">
        <ul
          ref={row}
          className="-mx-2.5 flex flex-wrap gap-0.5 max-sm:scroll-row max-sm:-mx-2.5 max-sm:px-2.5"
        >
          {views.map(({ key, filter, name, number }) => (
            <li key={key} className="min-w-0 max-sm:shrink-0">
              <button
                type="button"
                aria-current={showsTheSame(fromFilter(filter), query) ? "true" : undefined}
                onClick={() => onQueryChange(fromFilter(filter))}
                className={cn(
                  "flex max-w-60 items-center gap-1.5 rounded-md px-2.5 py-1 text-muted-foreground transition-colors hover:text-foreground pointer-coarse:min-h-11",
                  "aria-[current]:bg-muted aria-[current]:font-medium aria-[current]:text-foreground",
                )}
              >
                <span className="truncate">{name}</span>{" "}
                {number !== null && number > 0 && (
                  <span className="rounded-sm bg-warning-muted px-1 text-warning text-xs tabular-nums">
                    {count(number)}
                  </span>
                )}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      {!isKnown && (
        <Button variant="ghost" size="sm" onClick={() => setSaving(true)}>
          <BookmarkPlusIcon />
          {t("view_save")}
        </Button>
      )}
      {own !== undefined && (
        <Button variant="ghost" size="sm" onClick={() => onDelete(own)}>
          <Trash2Icon />
          {t("view_delete")}
        </Button>
      )}
      {isSaving && <SaveViewDialog onSave={onSave} onClose={() => setSaving(false)} />}
    </div>
  );
}

function listBuiltIn(userId: HostId): { nameKey: string; filter: SavedView["filter"] }[] {
  return [
    { nameKey: "all", filter: {} },
    { nameKey: "needs_attention", filter: { needsAttention: true } },
    { nameKey: "view_mine", filter: { ownerId: userId } },
    { nameKey: "view_running", filter: { status: "running" } },
    { nameKey: "view_drafts", filter: { status: "draft" } },
  ];
}
