"use client";

import type { ResultsActions } from "@calcom/features/experiments/components/ExperimentAnalytics";
import { adminApi } from "../api/hooks";
import { download } from "./download";

/** The result as files. */
export function useResultFiles(
  slug: string,
  refuse: (error: unknown) => void,
): Pick<ResultsActions, "onExport" | "isExporting"> {
  const { results } = adminApi;
  const csv = results.exportCsv.useMutation({
    onSuccess: (text) => download(text, `${slug}-results.csv`, "text/csv"),
    onError: refuse,
  });
  const json = results.exportJson.useMutation({
    onSuccess: (text) => download(text, `${slug}-results.json`, "application/json"),
    onError: refuse,
  });
  return {
    onExport: (format) => (format === "csv" ? csv : json).mutate({ slug }),
    isExporting: csv.isPending || json.isPending,
  };
}
