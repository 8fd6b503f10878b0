"use client";

import { useLocale } from "@calcom/lib/i18n";
import { FormPageHeader } from "../../pages/FormPageHeader";
import { PeopleView } from "../../pages/PeopleView";
import { useTitle } from "../PageStates";

export default function PeoplePage() {
  const { t } = useLocale();
  useTitle(t("people"));
  return (
    <div className="flex flex-col gap-6">
      <FormPageHeader title={t("people")} description={t("people_description")} trail={[]} />
      <PeopleView />
    </div>
  );
}
