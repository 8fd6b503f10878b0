import { experimentsAdmin } from "@calcom/features/experiments/server";
import type { Metadata } from "next";
import { getServerTranslation } from "@/lib/i18n-server";
import { requireExperimentsPage } from "@/lib/require-experiments";
import { type SearchParams, toUrlParams } from "@/lib/url-params";
import { CalendarView } from "@/modules/experiments/admin/CalendarView";
import { readCalendarQuery, toCalendarInput } from "@/modules/experiments/admin/calendar-query";
import { FormPageHeader } from "@/modules/experiments/admin/FormPageHeader";
import { experimentPaths } from "@/modules/experiments/admin/paths";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getServerTranslation();
  return { title: t("calendar") };
}

export default async function CalendarPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { user } = await requireExperimentsPage(experimentPaths.calendar);
  const { t } = await getServerTranslation();
  const now = Date.now();
  const query = readCalendarQuery(toUrlParams(await searchParams), now);
  const first = await experimentsAdmin().calendar.list({ userId: user.id }, toCalendarInput(query));
  return (
    <div className="flex flex-col gap-5">
      <FormPageHeader title={t("calendar")} description={t("calendar_description")} trail={[]} />
      <CalendarView first={first} firstQuery={query} now={now} />
    </div>
  );
}
