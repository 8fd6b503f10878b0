"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Skeleton, Table, TableBody, TableCell, TableRow } from "@calcom/ui";
import { ExperimentTableHeader } from "./ExperimentTable";

const ROWS = ["a", "b", "c", "d", "e"];

/** As high as the rows that will replace it. */
export function ListSkeleton() {
  const { t } = useLocale();
  return (
    <div role="status" aria-label={t("experiments_loading")}>
      <Table className="max-lg:block max-lg:border-t">
        <ExperimentTableHeader />
        <TableBody className="max-lg:block">
          {ROWS.map((row) => (
            <TableRow key={row} className="h-[51px] max-lg:block max-lg:h-[104px] max-lg:py-3">
              <TableCell className="ps-0 max-lg:block max-lg:p-0">
                <Skeleton className="mb-1.5 h-3.5 w-40" />
                <Skeleton className="h-3 w-32" />
              </TableCell>
              {["w-16", "w-32", "ml-auto w-10"].map((width) => (
                <TableCell key={width} className="max-lg:hidden">
                  <Skeleton className={`h-3 ${width}`} />
                </TableCell>
              ))}
              <TableCell className="max-lg:hidden">
                <Skeleton className="h-3 w-16" />
              </TableCell>
              <TableCell className="pe-0 max-lg:hidden">
                <Skeleton className="ml-auto h-4 w-14" />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
