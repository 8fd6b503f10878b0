"use client";

import {
  type AudiencePort,
  AudiencePortProvider,
  MetricsPortProvider,
  MetricsProvider,
} from "@calcom/features/experiments/components/ExperimentPorts";
import { useLocale } from "@calcom/lib/i18n";
import { type ReactNode, useMemo } from "react";
import { adminApi, useAdminUtils } from "../api/hooks";
import { commandRefusal } from "./api-refusal";
import { useMetricsPort } from "./useMetricsPort";

interface FormPortsProps {
  children: ReactNode;
  /** Where the names of metrics are shown later, or not at all, they are not asked for yet. */
  needsMetrics?: boolean;
}

/** What the form asks the server while it is filled in, and the settings while they are read. */
export function FormPorts({ children, needsMetrics = true }: FormPortsProps) {
  const { t } = useLocale();
  const { client } = useAdminUtils();
  const metricsPort = useMetricsPort();
  const metrics = adminApi.results.metrics.useQuery(undefined, {
    enabled: needsMetrics,
  });
  const port = useMemo((): AudiencePort => {
    const { audience } = client;
    async function said<Answer>(answer: Promise<Answer>): Promise<Answer> {
      try {
        return await answer;
      } catch (error) {
        throw new Error(commandRefusal(error, t).message, { cause: error });
      }
    }
    return {
      count: (rules) => said(audience.count.query(rules)),
      tryOut: (question) => said(audience.tryOut.query(question)),
      findTeams: (search, ids, onlyOrganizations) =>
        said(audience.teams.query({ search, ids, onlyOrganizations })),
      findPeople: (search) => said(audience.people.query({ search })),
      attributes: () => said(audience.attributes.query()),
    };
  }, [client, t]);
  return (
    <AudiencePortProvider port={port}>
      <MetricsPortProvider port={metricsPort}>
        <MetricsProvider value={metrics.data ?? NO_METRICS}>{children}</MetricsProvider>
      </MetricsPortProvider>
    </AudiencePortProvider>
  );
}

const NO_METRICS: readonly [] = [];
