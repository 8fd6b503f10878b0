"use client";

import { mirrorVisitorId } from "@calcom/features/experiments";
import {
  ExperimentContextProvider,
  type ExperimentContextProviderProps,
} from "@calcom/features/experiments/context/ExperimentContext";
import { useEffect } from "react";
import { tracker } from "./transport";

interface ExperimentClientProps extends ExperimentContextProviderProps {
  userId: number | null;
  visitorId: string | null;
  /** Null without a key or consent: then PostHog's code is never loaded. */
  posthog: { key: string; host: string } | null;
}

/** The browser's half of `ExperimentProvider`: answers for the hooks, and analytics once the page works. */
export function ExperimentClient({ userId, visitorId, posthog, ...props }: ExperimentClientProps) {
  const { key, host } = posthog ?? {};
  useEffect(() => {
    if (visitorId !== null) mirrorVisitorId(visitorId);
  }, [visitorId]);
  useEffect(() => {
    if (key !== undefined && host !== undefined) tracker.start({ key, host }, { userId, visitorId });
  }, [key, host, userId, visitorId]);
  return <ExperimentContextProvider {...props} />;
}
