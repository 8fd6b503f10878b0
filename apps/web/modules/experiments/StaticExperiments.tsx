import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { ExperimentClient } from "./ExperimentClient";
import type { StaticPage } from "./static-page";

export interface StaticExperimentsProps {
  page: StaticPage;
  /** Of the route's `[code]`. */
  code: string;
  children: ReactNode;
}

/** What `ExperimentProvider` is for pages that are rendered by request, for one that is prerendered: reads nothing. */
export function StaticExperiments({ page, code, children }: StaticExperimentsProps) {
  const answers = page.decode(code) ?? notFound();
  return (
    <ExperimentClient
      answers={answers}
      subject={STATIC_SUBJECT}
      stamp={null}
      userId={null}
      visitorId={null}
      isOthersVisitor={answers.some(({ reason }) => reason === "no_unit")}
      posthog="ask"
    >
      {children}
    </ExperimentClient>
  );
}

/** Nobody's name: so each visit of the page has a store of its own, and shares none with what stands around it. */
const STATIC_SUBJECT = "static";
