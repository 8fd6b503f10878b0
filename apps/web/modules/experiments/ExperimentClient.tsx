"use client";

import {
  ExperimentContextProvider,
  type ExperimentContextProviderProps,
} from "@calcom/features/experiments/context/ExperimentContext";
import { useFreshAnswers } from "@calcom/features/experiments/context/useFreshAnswers";
import { useOwnVisitor } from "@calcom/features/experiments/context/useOwnVisitor";
import { fetchReader } from "../consent/fetch-reader";
import { PageProbe } from "../devtools/PageProbe";
import { type PostHogFor, useAnalytics } from "./useAnalytics";

interface ExperimentClientProps extends ExperimentContextProviderProps {
  userId: number | null;
  visitorId: string | null;
  /** The visitor ID may belong to another person. The client then calls the server, which checks it and replaces it. */
  isOthersVisitor: boolean;
  posthog: PostHogFor;
}

/** The browser's half of `ExperimentProvider`: answers for the hooks, and analytics once the page works. */
export function ExperimentClient({
  userId,
  visitorId,
  isOthersVisitor,
  posthog,
  children,
  ...props
}: ExperimentClientProps) {
  useOwnVisitor(isOthersVisitor, "/api/experiments/visitor");
  useAnalytics(posthog, userId, visitorId);
  useFreshAnswers(props.stamp ?? null, askStamp);
  return (
    <ExperimentContextProvider {...props}>
      <PageProbe answers={props.answers} />
      {children}
    </ExperimentContextProvider>
  );
}

async function askStamp(): Promise<string | null> {
  return (await fetchReader())?.stamp ?? null;
}
