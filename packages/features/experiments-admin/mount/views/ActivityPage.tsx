"use client";

import { useLocale } from "@calcom/lib/i18n";
import { ActivityView } from "../../pages/ActivityView";
import { FormPageHeader } from "../../pages/FormPageHeader";
import { useTitle } from "../PageStates";

export default function ActivityPage() {
  const { t } = useLocale();
  useTitle(t("activity"));
  return (
    <div className="flex flex-col gap-6">
      <FormPageHeader title={t("activity")} description={t("activity_description")} trail={[]} />
      <ActivityView />
    </div>
  );
}
