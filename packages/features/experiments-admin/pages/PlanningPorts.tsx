"use client";

import {
  type EndPort,
  EndPortProvider,
  type PlanningPort,
  PlanningPortProvider,
} from "@calcom/features/experiments/components/ExperimentPorts";
import { useLocale } from "@calcom/lib/i18n";
import { type ReactNode, useMemo } from "react";
import { useAdminUtils } from "../api/hooks";
import { useAdminHost } from "../api/host";
import { commandRefusal } from "./api-refusal";

/** What forms and the dialog of a start ask about the time to come. */
export function PlanningPorts({ children }: { children: ReactNode }) {
  const { t } = useLocale();
  const { client } = useAdminUtils();
  const { hasPreviews } = useAdminHost();
  const port = useMemo((): PlanningPort => {
    const { audience, checklist } = client;
    async function said<Answer>(answer: Promise<Answer>): Promise<Answer> {
      try {
        return await answer;
      } catch (error) {
        throw new Error(commandRefusal(error, t).message, { cause: error });
      }
    }
    return {
      hasPreviews,
      forecast: (question) => said(audience.forecast.query(question)),
      startChecklist: (slug, primaryMetric) =>
        said(audience.startChecklist.query({ slug, primaryMetric: primaryMetric ?? undefined })),
      checkItem: (change) => said(checklist.check.mutate(change)),
    };
  }, [client, hasPreviews, t]);
  const endPort = useMemo(
    (): EndPort => ({
      async previewEnd(slug) {
        try {
          return await client.results.previewEnd.query({ slug });
        } catch (error) {
          throw new Error(commandRefusal(error, t).message, { cause: error });
        }
      },
    }),
    [client, t],
  );
  return (
    <PlanningPortProvider port={port}>
      <EndPortProvider port={endPort}>{children}</EndPortProvider>
    </PlanningPortProvider>
  );
}
