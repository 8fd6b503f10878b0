"use client";

import { useLocale } from "@calcom/lib/i18n";
import { useAdminHost } from "../../api/host";
import { ChecklistView } from "../../pages/ChecklistView";
import { FormPageHeader } from "../../pages/FormPageHeader";
import { FirstOf, useTitle } from "../PageStates";
import { useFirst } from "../useFirst";

export default function ChecklistPage() {
  const { t } = useLocale();
  const { client } = useAdminHost();
  useTitle(t("checklist"));
  const first = useFirst("checklist", () => client.checklist.list.query());
  return (
    <FirstOf of={first}>
      {(items) => (
        <div className="flex flex-col gap-6">
          <FormPageHeader title={t("checklist")} description={t("checklist_description")} trail={[]} />
          <ChecklistView stored={items} />
        </div>
      )}
    </FirstOf>
  );
}
