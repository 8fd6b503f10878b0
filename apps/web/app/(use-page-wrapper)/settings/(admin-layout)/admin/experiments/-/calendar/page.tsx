import { experimentsAdmin } from "@calcom/features/experiments/server";
import { CalendarView } from "@calcom/features/experiments-admin/pages/CalendarView";
import { readCalendarQuery, toCalendarInput } from "@calcom/features/experiments-admin/pages/calendar-query";
import type { Metadata } from "next";
import { getServerTranslation } from "@/lib/i18n-server";
import { requireExperimentsPage } from "@/lib/require-experiments";
import { type SearchParams, toUrlParams } from "@/lib/url-params";
import { experimentPaths } from "@/modules/experiments/admin/paths";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getServerTranslation();
  return { title: t("calendar") };
}

export default async function CalendarPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { user } = await requireExperimentsPage(experimentPaths.calendar);
  const now = Date.now();
  const query = readCalendarQuery(toUrlParams(await searchParams));
  const first = await experimentsAdmin().calendar.list({ userId: user.id }, toCalendarInput(query));
  return <CalendarView first={first} firstQuery={query} now={now} />;
}
