"use client";

import { ExperimentPermissions } from "@calcom/features/experiments/components/ExperimentPermissions";
import { useLocale } from "@calcom/lib/i18n";
import { type ComponentType, lazy, Suspense } from "react";
import type { AdminOutputs } from "../api/client";
import { useAdminHost } from "../api/host";
import { PlanningPorts } from "../pages/PlanningPorts";
import { FirstOf, NotFound, PageSkeleton, Refused } from "./PageStates";
import { type Page, pageAt } from "./route";
import { useFirst } from "./useFirst";

// One page of the application, and a chunk for each of ours.
const ListPage = lazy(() => import("./views/ListPage"));
const DetailPage = lazy(() => import("./views/DetailPage"));
const FormPage = lazy(() => import("./views/FormPages"));
const ReportPage = lazy(() => import("./views/ReportPage"));
const CalendarPage = lazy(() => import("./views/CalendarPage"));
const ActivityPage = lazy(() => import("./views/ActivityPage"));
const PeoplePage = lazy(() => import("./views/PeoplePage"));
const LookupPage = lazy(() => import("./views/LookupPage"));
const MetricsPage = lazy(() => import("./views/MetricsPage"));
const MetricPage = lazy(() => import("./views/MetricPage"));
const MetricFormPage = lazy(() => import("./views/MetricFormPage"));
const ChecklistPage = lazy(() => import("./views/ChecklistPage"));
const FlagsPage = lazy(() => import("./views/FlagsPage"));

type Standing = AdminOutputs["standing"];

/** Asks the server who the person is, and shows the page of this address. */
export function Routed({ path }: { path: readonly string[] }) {
  const { client } = useAdminHost();
  const standing = useFirst("standing", () => client.standing.query());
  return (
    <FirstOf of={standing}>
      {(found) => (
        <ExperimentPermissions permissions={found.permissions}>
          <PlanningPorts>
            <Suspense fallback={<PageSkeleton />}>
              <Shown page={pageAt(path)} standing={found} />
            </Suspense>
          </PlanningPorts>
        </ExperimentPermissions>
      )}
    </FirstOf>
  );
}

function Shown({ page, standing }: { page: Page; standing: Standing }) {
  const { t } = useLocale();
  const needed = NEEDED[page.name] ?? "view";
  if (!standing.permissions.includes(needed))
    return <Refused description={t("forbidden_description")} hasRole />;
  switch (page.name) {
    case "list":
      return <ListPage userId={standing.userId} />;
    case "detail":
      return <DetailPage key={page.slug} slug={page.slug} />;
    case "report":
      return <ReportPage key={page.slug} slug={page.slug} />;
    case "new":
      return <FormPage />;
    case "edit":
      return <FormPage key={page.slug} slug={page.slug} />;
    case "metric":
      return <MetricPage key={page.key} metricKey={page.key} userId={standing.userId} />;
    case "newMetric":
      return <MetricFormPage />;
    case "editMetric":
      return <MetricFormPage key={page.key} metricKey={page.key} />;
    case "unknown":
      return <NotFound />;
    default: {
      const Plain = plainPages[page.name];
      return <Plain />;
    }
  }
}

const NEEDED: Partial<Record<Page["name"], Standing["permissions"][number]>> = {
  people: "govern",
  flags: "convert",
  new: "edit",
  edit: "edit",
  newMetric: "edit",
  editMetric: "edit",
};

const plainPages: Record<
  "activity" | "calendar" | "people" | "lookup" | "metrics" | "checklist" | "flags",
  ComponentType
> = {
  activity: ActivityPage,
  calendar: CalendarPage,
  people: PeoplePage,
  lookup: LookupPage,
  metrics: MetricsPage,
  checklist: ChecklistPage,
  flags: FlagsPage,
};
