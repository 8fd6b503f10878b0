"use client";

import type { HostId } from "@calcom/features/experiments";
import { useLocale } from "@calcom/lib/i18n";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { useAdminHost } from "../../api/host";
import { ExperimentListView } from "../../pages/ExperimentListView";
import { readListQuery, toListInput } from "../../pages/list-query";
import { FirstOf, useTitle } from "../PageStates";
import { useFirst } from "../useFirst";

export default function ListPage({ userId }: { userId: HostId }) {
  const { t } = useLocale();
  const { client } = useAdminHost();
  const params = useSearchParams();
  const [firstQuery] = useState(() => readListQuery(params));
  useTitle(t("experiments"));
  const first = useFirst("list", () =>
    Promise.all([client.list.query(toListInput(firstQuery)), client.views.list.query()]),
  );
  return (
    <FirstOf of={first}>
      {([list, views]) => (
        <ExperimentListView first={list} firstQuery={firstQuery} firstViews={views} userId={userId} />
      )}
    </FirstOf>
  );
}
