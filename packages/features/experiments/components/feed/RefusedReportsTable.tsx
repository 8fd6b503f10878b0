"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Section, Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@calcom/ui";
import type { RefusedReports } from "../../types/feed";
import { useFormat } from "../shared/useFormat";

interface RefusedReportsTableProps {
  refused: readonly RefusedReports[];
  since: Date;
}

/** What browsers reported and the server did not record, by reason. */
export function RefusedReportsTable({ refused, since }: RefusedReportsTableProps) {
  const { t } = useLocale();
  const { count, moment, momentToSecond } = useFormat();
  return (
    <Section title={t("feed_refused")} description={t("feed_refused_text", { moment: moment(since) })}>
      {refused.length === 0 ? (
        <p className="text-dense text-muted-foreground">{t("feed_refused_none")}</p>
      ) : (
        <Table scrollLabel={t("feed_refused")} className="max-sm:block">
          <TableHeader className="max-sm:sr-only">
            <TableRow>
              <TableHead className="pl-0">{t("feed_event")}</TableHead>
              <TableHead>{t("feed_refused_reason")}</TableHead>
              <TableHead numeric>{t("feed_refused_times")}</TableHead>
              <TableHead className="pr-0">{t("feed_refused_last")}</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody className="max-sm:block max-sm:border-t">
            {refused.map(({ kind, reason, event, times, lastAt }) => (
              <TableRow
                key={`${kind} ${reason} ${event}`}
                className="max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-x-3 max-sm:gap-y-0.5 max-sm:py-2 max-sm:*:p-0"
              >
                <TableCell className="wrap-anywhere min-w-28 pl-0">
                  {event === null ? t(`feed_refused_${kind}`) : t("feed_refused_conversion_of", { event })}
                </TableCell>
                <TableCell className="min-w-40 max-sm:row-start-2">{t(`feed_reason_${reason}`)}</TableCell>
                <TableCell
                  numeric
                  className="max-sm:col-start-2 max-sm:row-start-2 max-sm:after:content-['_×']"
                >
                  {count(times)}
                </TableCell>
                <TableCell className="whitespace-nowrap pr-0 text-muted-foreground max-sm:col-start-2 max-sm:row-start-1 max-sm:text-end">
                  <time dateTime={lastAt.toISOString()}>{momentToSecond(lastAt)}</time>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Section>
  );
}
