"use client";

import {
  ExperimentContextProvider,
  type ExperimentContextProviderProps,
} from "@calcom/features/experiments/context/ExperimentContext";
import { PageProbe } from "../devtools/PageProbe";
import { type PostHogFor, useAnalytics } from "./useAnalytics";
import { useFreshAnswers } from "./useFreshAnswers";

interface ExperimentClientProps extends ExperimentContextProviderProps {
  userId: number | null;
  visitorId: string | null;
  posthog: PostHogFor;
}

/** The browser's half of `ExperimentProvider`: answers for the hooks, and analytics once the page works. */
export function ExperimentClient({ userId, visitorId, posthog, children, ...props }: ExperimentClientProps) {
  useAnalytics(posthog, userId, visitorId);
  useFreshAnswers(props.stamp ?? null);
  return (
    <ExperimentContextProvider {...props}>
      <PageProbe answers={props.answers} />
      {children}
    </ExperimentContextProvider>
  );
}
