"use client";

import type { RangePort } from "@calcom/features/experiments/components/ExperimentAnalytics";
import { rangeSchema } from "@calcom/features/experiments/types";
import { useLocale } from "@calcom/lib/i18n";
import { useSearchParams } from "next/navigation";
import { adminApi } from "../api/hooks";
import { commandRefusal } from "./api-refusal";

/** An open bound stands for the first day that there is. */
const FIRST = "1970-01-01";

/** The results of some days, which are in the address: a link leads to the same ones. */
export function useRange({ slug, enabled }: { slug: string; enabled: boolean }): RangePort {
  const { t } = useLocale();
  const params = useSearchParams();
  const today = new Date().toISOString().slice(0, 10);
  const [from, to] = [readDay(params.get("from")), readDay(params.get("to"))];
  const range = rangeSchema.safeParse({ from: from || FIRST, to: to || today });
  const isAsked = range.success && (from !== "" || to !== "");
  const query = adminApi.results.range.useQuery(
    { slug, range: range.data ?? { from: FIRST, to: FIRST } },
    { enabled: enabled && isAsked },
  );
  return {
    from,
    to,
    today,
    onChange: (next) => {
      const address = new URLSearchParams(window.location.search);
      for (const bound of ["from", "to"] as const)
        if (next[bound] === "") address.delete(bound);
        else address.set(bound, next[bound]);
      window.history.replaceState(null, "", `?${address}`);
    },
    state:
      query.data !== undefined
        ? { status: "ready", view: query.data }
        : query.error
          ? {
              status: "error",
              message: commandRefusal(query.error, t).message,
              onRetry: () => void query.refetch(),
            }
          : { status: "loading" },
  };
}

/** Whatever is no day is as if it were not there. */
function readDay(param: string | null): string {
  return rangeSchema.safeParse({ from: param, to: param }).success && param !== null ? param : "";
}
