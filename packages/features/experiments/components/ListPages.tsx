"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button } from "@calcom/ui";
import { useFormat } from "./shared/useFormat";

interface ListPagesProps {
  /** From 1. */
  page: number;
  pageSize: number;
  total: number;
  onPageChange: (page: number) => void;
}

/** Nothing at all where everything is on one page. */
export function ListPages({ page, pageSize, total, onPageChange }: ListPagesProps) {
  const { t } = useLocale();
  const { count } = useFormat();
  if (page === 1 && total <= pageSize) return null;
  const first = (page - 1) * pageSize + 1;
  const last = Math.min(page * pageSize, total);
  return (
    <nav aria-label={t("pages")} className="flex items-center justify-between gap-2">
      <p className="text-dense text-muted-foreground tabular-nums">
        {t("list_range", { first: count(first), last: count(last), total: count(total) })}
      </p>
      <div className="flex gap-2">
        <Button variant="outline" size="sm" disabled={page === 1} onClick={() => onPageChange(page - 1)}>
          {t("previous")}
        </Button>
        <Button variant="outline" size="sm" disabled={last >= total} onClick={() => onPageChange(page + 1)}>
          {t("next")}
        </Button>
      </div>
    </nav>
  );
}
