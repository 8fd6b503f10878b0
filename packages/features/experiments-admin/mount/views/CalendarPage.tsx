"use client";

import { useLocale } from "@calcom/lib/i18n";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { useAdminHost } from "../../api/host";
import { CalendarView } from "../../pages/CalendarView";
import { readCalendarQuery, toCalendarInput } from "../../pages/calendar-query";
import { FirstOf, useTitle } from "../PageStates";
import { useFirst } from "../useFirst";

export default function CalendarPage() {
  const { t } = useLocale();
  const { client } = useAdminHost();
  const params = useSearchParams();
  const [now] = useState(() => Date.now());
  const [firstQuery] = useState(() => readCalendarQuery(params));
  useTitle(t("calendar"));
  const first = useFirst("calendar", () => client.calendar.query(toCalendarInput(firstQuery)));
  return (
    <FirstOf of={first}>
      {(calendar) => <CalendarView first={calendar} firstQuery={firstQuery} now={now} />}
    </FirstOf>
  );
}
