"use client";

import type { MetricsPort } from "@calcom/features/experiments/components/ExperimentPorts";
import { useLocale } from "@calcom/lib/i18n";
import { useMemo } from "react";
import { useAdminUtils } from "../api/hooks";
import { commandRefusal, saveRefusal } from "./api-refusal";

/** What pages and forms ask the server about metrics. */
export function useMetricsPort(): MetricsPort {
  const { t } = useLocale();
  const { client, cache } = useAdminUtils();
  return useMemo((): MetricsPort => {
    const { metrics } = client;
    async function said<Answer>(answer: Promise<Answer>): Promise<Answer> {
      try {
        return await answer;
      } catch (error) {
        throw new Error(commandRefusal(error, t).message, { cause: error });
      }
    }
    return {
      sources: () => said(metrics.sources.query()),
      history: (key, unit) => said(metrics.history.query({ key, unit })),
      async create(metric) {
        try {
          await metrics.create.mutate(metric);
          // Before the form shows it as chosen.
          await cache.results.metrics.invalidate();
          return null;
        } catch (error) {
          return saveRefusal(error, t);
        }
      },
    };
  }, [client, cache, t]);
}
